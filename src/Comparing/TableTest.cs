using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Comparing;

/// <summary>What a table's own test says of two of its cells, in the words of a comparison.</summary>
public static class TableTest
{
    /// <summary>Difference in points, interval, p and detectable effect: <c>-1.8 points (-4.0 to +0.4), p 0.11, detectable 3.2 points</c>.</summary>
    /// <param name="pair">The two cells.</param>
    /// <param name="cell">The one of them whose gain over the other is told.</param>
    public static string Told(CellPair pair, string cell)
    {
        int sign = pair.First == cell ? 1 : -1;
        double[] ends = [.. new[] { sign * pair.Interval.Low, sign * pair.Interval.High }.Order()];
        return $"{ComparisonRows.Points(sign * pair.Difference, 1)} points"
            + (double.IsFinite(ends[0]) ? $" ({ComparisonRows.Points(ends[0], 1)} to {ComparisonRows.Points(ends[1], 1)})" : "")
            + (pair.P is null ? $"; {pair.Test}" : $", p {ComparisonRows.P(pair.P)}")
            + (double.IsFinite(pair.Detectable) ? $", detectable {Numbers.Fixed(100 * pair.Detectable, 1)} points" : "");
    }
}
