using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>The test of a weighted sum of cells.</summary>
/// <param name="contrast">The sum.</param>
/// <param name="reason">Why there is no test, in words; null to say what the contrast says.</param>
internal sealed class SumTest(CrossedContrast contrast, string? reason = null) : IFindingTest
{
    public double Estimate => contrast.Estimate;

    public string? Degenerate => reason ?? FindingNumbers.Word(contrast.Degeneracy);

    public double? PGreater(double reference) => contrast.PGreater(reference);

    public double? PLess(double reference) => contrast.PLess(reference);

    public Interval Interval(double level) => contrast.Interval(level);

    public double MinimumDetectable(double reference, double power, double alpha) => contrast.MinimumDetectable(power, alpha);
}
