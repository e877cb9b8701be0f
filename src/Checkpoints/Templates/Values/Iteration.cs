using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Loops over lists, strings, dictionaries and ranges.</summary>
internal static class Iteration
{
    // Going to the next item costs about as much as copying this many characters.
    private const int ItemWork = 8;

    /// <summary>The items; a text gives its characters, a dictionary its keys.</summary>
    public static IEnumerable<object?> Over(Rendering run, object? value) => Counted(run, value switch
    {
        ListValue list => list.Items,
        string text => PythonText.Characters(text),
        MapValue map => map.Entries.Keys,
        MapView view => view.Items,
        StreamValue stream => stream.Rest(),
        RangeValue range => Numbers(range),
        Undefined => [],
        LoopValue => throw run.Unsupported("Going through 'loop'"),
        _ => throw run.Error($"A value of type {TypeNames.Of(value)} cannot be gone through."),
    });

    /// <summary>True for what <see cref="Over"/> takes.</summary>
    public static bool CanGoOver(object? value) => value is ListValue or string or MapValue or MapView or StreamValue or RangeValue or Undefined;

    /// <summary>Python's len(); null for what has none.</summary>
    public static long? Length(Rendering run, object? value) => value switch
    {
        ListValue list => list.Items.Count,
        string text => PythonText.Length(run, text),
        MapValue map => map.Entries.Count,
        MapView view => view.Map.Entries.Count,
        RangeValue range => (long)range.Count,
        Undefined => 0,
        _ => null,
    };

    private static IEnumerable<object?> Counted(Rendering run, IEnumerable<object?> items)
    {
        foreach (object? item in items)
        {
            run.Charge(ItemWork);
            yield return item;
        }
    }

    private static IEnumerable<object?> Numbers(RangeValue range)
    {
        for (long i = 0; i < (long)range.Count; i++)
        {
            yield return range.At(i);
        }
    }
}
