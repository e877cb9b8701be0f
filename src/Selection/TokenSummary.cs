namespace NaturalThoughts.Selection;

/// <summary>Lengths of traces, in the teacher's tokens.</summary>
/// <param name="Sum">Of all traces.</param>
/// <param name="Mean">Sum over number.</param>
/// <param name="Min">The shortest.</param>
/// <param name="P10">10 % are no longer (nearest rank, as the other percentiles).</param>
/// <param name="P25">25 % are no longer.</param>
/// <param name="P50">The lower median.</param>
/// <param name="P75">75 % are no longer.</param>
/// <param name="P90">90 % are no longer.</param>
/// <param name="Max">The longest.</param>
public sealed record TokenSummary(long Sum, double Mean, int Min, int P10, int P25, int P50, int P75, int P90, int Max)
{
    /// <summary>Summarises one or more lengths.</summary>
    public static TokenSummary Of(IEnumerable<int> lengths)
    {
        int[] sorted = [.. lengths.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(lengths));
        long sum = sorted.Sum(length => (long)length);

        // Nearest rank: the smallest value that at least that share of all values does not exceed.
        int Percentile(int percent) => sorted[(int)((((long)sorted.Length * percent) + 99) / 100) - 1];
        return new TokenSummary(
            sum,
            (double)sum / sorted.Length,
            sorted[0],
            Percentile(10),
            Percentile(25),
            Percentile(50),
            Percentile(75),
            Percentile(90),
            sorted[^1]);
    }
}
