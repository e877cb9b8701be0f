namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>What a dictionary's keys(), values() and items() give.</summary>
/// <param name="Map">The dictionary.</param>
/// <param name="Kind"><c>keys</c>, <c>values</c> or <c>items</c>.</param>
internal sealed record MapView(MapValue Map, string Kind)
{
    /// <summary>The keys, values or (key, value) pairs, in the order of the dictionary.</summary>
    public IEnumerable<object?> Items => Kind switch
    {
        "keys" => Map.Entries.Keys,
        "values" => Map.Entries.Values,
        _ => Map.Entries.Select(entry => new ListValue([entry.Key, entry.Value], IsTuple: true)),
    };
}
