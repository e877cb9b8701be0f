using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Measures;

/// <summary>How far a student's accuracies lie apart over phrasings of the prompt, beside what sampling alone does.</summary>
/// <param name="Count">Number of phrasings.</param>
/// <param name="Lowest">The lowest accuracy.</param>
/// <param name="Highest">The highest accuracy.</param>
/// <param name="Deviation">The standard deviation over phrasings, each asked once per replicate.</param>
/// <param name="SeedDeviation">The standard deviation over seeds with one prompt, of the same number of answers; NaN for one answer to each question.</param>
internal sealed record PhrasingSpread(int Count, double Lowest, double Highest, double Deviation, double SeedDeviation)
{
    /// <summary>What the phrasings add: the root of the difference of the variances, kept at 0 or above; NaN without the seeds' deviation.</summary>
    public double Excess => Math.Sqrt(Math.Max(0, (Deviation * Deviation) - (SeedDeviation * SeedDeviation)));

    /// <summary>The spread; null where fewer than two phrasings were asked.</summary>
    public static PhrasingSpread? Of(CellMeasures cell) => cell.Phrasings.Count < 2
        ? null
        : new PhrasingSpread(
            cell.Phrasings.Count,
            cell.Phrasings.Min(),
            cell.Phrasings.Max(),
            MeanSummary.Of(cell.Phrasings).Sd,
            cell.SeedDeviation / Math.Sqrt(cell.Replicates.Count));
}
