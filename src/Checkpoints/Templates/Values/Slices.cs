using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Slices of lists and strings, as Python's.</summary>
internal static class Slices
{
    /// <summary>Every <paramref name="step"/>-th item from <paramref name="start"/> to before <paramref name="stop"/>.</summary>
    public static object Of(Rendering run, object? value, object? start, object? stop, object? step)
    {
        switch (value)
        {
            case ListValue list:
                run.Charge(list.Items.Count);
                return new ListValue([.. Indices(run, list.Items.Count, start, stop, step).Select(i => list.Items[i])], list.IsTuple);
            case string text when PythonText.IsSimple(text):
                run.Charge(text.Length);
                return string.Concat(Indices(run, text.Length, start, stop, step).Select(i => text[i]));
            case string text:
                run.Charge(text.Length);
                List<string> characters = [.. PythonText.Characters(text)];
                return string.Concat(Indices(run, characters.Count, start, stop, step).Select(i => characters[i]));
            case RangeValue:
                throw run.Unsupported("A slice of a range");
            case Undefined undefined:
                throw run.Error(undefined.Message);
            default:
                throw run.Error($"A value of type {TypeNames.Of(value)} has no slices.");
        }
    }

    // CPython's PySlice_AdjustIndices.
    private static IEnumerable<int> Indices(Rendering run, int count, object? start, object? stop, object? step)
    {
        long by = Number(run, step) ?? 1;
        if (by == 0)
        {
            throw run.Error("The step of a slice is zero.");
        }

        long first = by > 0 ? 0 : -1;
        long last = by > 0 ? count : count - 1;
        long from = Bound(Number(run, start) ?? (by > 0 ? 0 : long.MaxValue), count, first, last);
        long to = Number(run, stop) is { } given ? Bound(given, count, first, last) : by > 0 ? count : -1;
        for (long i = from; by > 0 ? i < to : i > to; i = Math.Abs(by) > count ? to : i + by)
        {
            yield return (int)i;
        }
    }

    private static long Bound(long index, int count, long least, long most) => Math.Clamp(index < 0 ? index + count : index, least, most);

    private static long? Number(Rendering run, object? index) => Arithmetic.Plain(index) switch
    {
        null => null,
        long number => number,
        Undefined undefined => throw run.Error(undefined.Message),
        _ => throw run.Error($"A slice needs whole numbers, not a value of type {TypeNames.Of(index)}."),
    };
}
