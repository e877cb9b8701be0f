using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Python's dictionary, in the order of insertion.</summary>
internal sealed class MapValue
{
    /// <summary>Keys and values; keys are strings, numbers and booleans.</summary>
    public OrderedDictionary<object, object?> Entries { get; } = new(KeyComparer.Instance);

    /// <summary>Sets a value; a key that is there keeps its place.</summary>
    public void Set(Rendering run, object? key, object? value) => Entries[Key(run, key)] = value;

    /// <summary>The key, if it is of a kind that is supported.</summary>
    public static object Key(Rendering run, object? key) => key switch
    {
        string or long or bool or double => key,
        Undefined undefined => throw run.Error(undefined.Message),
        _ => throw run.Unsupported($"A dictionary key of type {TypeNames.Of(key)}"),
    };
}
