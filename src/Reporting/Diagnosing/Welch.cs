using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>The difference of two independent means with unequal variances (Welch 1947).</summary>
/// <param name="Difference">First minus second.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="DegreesOfFreedom">Welch and Satterthwaite's.</param>
internal sealed record Welch(double Difference, double StandardError, double DegreesOfFreedom)
{
    /// <summary>Two-sided p; 1 where nothing varies and the means are equal, 0 where they are not.</summary>
    public double P => StandardError > 0 ? NaturalThoughts.Statistics.Student.TwoSided(Difference / StandardError, DegreesOfFreedom) : Difference == 0 ? 1 : 0;

    /// <summary>The 95 % interval.</summary>
    public Interval Interval => StandardError > 0 ? MeanSummary.StudentInterval(Difference, StandardError, DegreesOfFreedom, 0.95) : new Interval(Difference, Difference);

    /// <summary>Compares two samples of at least two values each.</summary>
    public static Welch Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        MeanSummary a = MeanSummary.Of(first), b = MeanSummary.Of(second);
        double va = a.StandardError * a.StandardError, vb = b.StandardError * b.StandardError;
        return new Welch(a.Mean - b.Mean, Math.Sqrt(va + vb), (va + vb) * (va + vb) / ((va * va / (a.Count - 1)) + (vb * vb / (b.Count - 1))));
    }
}
