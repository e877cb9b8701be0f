using System.Collections;
using System.Runtime.CompilerServices;

namespace NaturalThoughts.Experiments.Keys;

/// <summary>The keys of a map with fixed keys, in the order in which messages name them.</summary>
[CollectionBuilder(typeof(Shape), nameof(Of))]
internal sealed class Shape : IEnumerable<Key>
{
    private readonly Key[] _keys;

    private Shape(Key[] keys)
    {
        _keys = keys;
        Names = [.. keys.Select(key => key.Name)];
        if (Names.Distinct(StringComparer.Ordinal).Count() < keys.Length)
        {
            throw new InvalidOperationException($"A key is named twice among {string.Join(", ", Names)}.");
        }
    }

    /// <summary>The names of the keys.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The key of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Key this[string name] => Array.Find(_keys, key => key.Name == name)
        ?? throw new InvalidOperationException($"'{name}' is not among the keys {string.Join(", ", Names)}.");

    /// <summary>A shape of keys.</summary>
    public static Shape Of(ReadOnlySpan<Key> keys) => new(keys.ToArray());

    /// <inheritdoc />
    public IEnumerator<Key> GetEnumerator() => _keys.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
