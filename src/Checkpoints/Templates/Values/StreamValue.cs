namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Python's generator: items that are made while somebody asks, and once only.</summary>
internal sealed class StreamValue(IEnumerable<object?> items)
{
    private readonly IEnumerator<object?> _items = items.GetEnumerator();

    /// <summary>The items that are left.</summary>
    public IEnumerable<object?> Rest()
    {
        while (_items.MoveNext())
        {
            yield return _items.Current;
        }
    }
}
