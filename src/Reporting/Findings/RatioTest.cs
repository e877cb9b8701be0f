using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>
/// The ratio of two cells after Fieller (1954): that the ratio is rho is tested by the sum numerator - rho x denominator being 0, and the interval
/// holds every rho that the test does not reject. It is exact where a ratio's own standard error is not.
/// </summary>
/// <param name="numerator">The first cell, of any weight.</param>
/// <param name="denominator">The second cell, of any weight.</param>
internal sealed class RatioTest(ContrastTerm numerator, ContrastTerm denominator) : IFindingTest
{
    // Halvings of the bracket: far beyond the digits that are printed.
    private const int Steps = 60;

    // Ends are looked for up to this many times the estimate; beyond it the denominator may as well be 0.
    private const double Furthest = 64;

    private readonly double _denominator = denominator.Mean;

    public double Estimate { get; } = numerator.Mean / denominator.Mean;

    public string? Degenerate => FindingNumbers.Word(Degeneracy);

    /// <summary>Why there is no test.</summary>
    public Degeneracy Degeneracy => double.IsFinite(Estimate) ? At(Estimate == 0 ? 1 : Estimate / 2).Degeneracy : Degeneracy.NoVariation;

    public double? PGreater(double reference) => double.IsFinite(Estimate) ? At(reference).PGreater() : null;

    public double? PLess(double reference) => double.IsFinite(Estimate) ? At(reference).PLess() : null;

    public Interval Interval(double level)
    {
        double tail = (1 - level) / 2;
        return Degeneracy == Degeneracy.None && Estimate > 0
            ? new Interval(End(0, rho => PGreater(rho) >= tail), End(Furthest * Estimate, rho => PLess(rho) >= tail))
            : new Interval(double.NaN, double.NaN);
    }

    public double MinimumDetectable(double reference, double power, double alpha) =>
        Degeneracy == Degeneracy.None ? At(reference).MinimumDetectable(power, alpha) / Math.Abs(_denominator) : double.NaN;

    // The end of the ratios that are not rejected, between the estimate, which is not, and a far one; NaN where that is not rejected either.
    private double End(double far, Func<double, bool> isIn)
    {
        if (isIn(far))
        {
            return double.NaN;
        }

        double inside = Estimate, outside = far;
        for (int step = 0; step < Steps; step++)
        {
            double middle = (inside + outside) / 2;
            (inside, outside) = isIn(middle) ? (middle, outside) : (inside, middle);
        }

        return inside;
    }

    private CrossedContrast At(double ratio) => CrossedContrast.Of([numerator with { Weight = 1 }, denominator with { Weight = -ratio }]);
}
