using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>The test of a weighted sum of cells.</summary>
internal sealed class SumTest(CrossedContrast contrast) : IFindingTest
{
    public double Estimate => contrast.Estimate;

    public Degeneracy Degeneracy => contrast.Degeneracy;

    public double? PGreater(double reference) => contrast.PGreater(reference);

    public double? PLess(double reference) => contrast.PLess(reference);

    public Interval Interval(double level) => contrast.Interval(level);

    public double MinimumDetectable(double reference, double power, double alpha) => contrast.MinimumDetectable(power, alpha);
}
