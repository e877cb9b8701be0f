namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>The numbers of Python's <c>range(start, stop, step)</c>.</summary>
/// <param name="Start">The first number.</param>
/// <param name="Stop">The number before which it ends.</param>
/// <param name="Step">Between two numbers; not zero.</param>
internal sealed record RangeValue(long Start, long Stop, long Step)
{
    /// <summary>How many numbers the range has.</summary>
    public Int128 Count => Int128.Max(0, Step > 0 ? ((Int128)Stop - Start + Step - 1) / Step : ((Int128)Start - Stop - Step - 1) / -(Int128)Step);

    /// <summary>A number; the index is within the count.</summary>
    public long At(long index) => (long)(Start + ((Int128)index * Step));
}
