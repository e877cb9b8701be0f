namespace NaturalThoughts.Statistics;

/// <summary>The difference of the means of two independent samples with unequal variances (Welch 1947, Biometrika 34:28).</summary>
/// <param name="Difference">First mean minus second.</param>
/// <param name="StandardError">Its standard error; 0 where neither sample varies.</param>
/// <param name="DegreesOfFreedom">Welch and Satterthwaite's; NaN where neither sample varies.</param>
public sealed record Welch(double Difference, double StandardError, double DegreesOfFreedom)
{
    /// <summary>Two-sided p that the means are equal; where nothing varies 1 for equal means and 0 for others.</summary>
    public double P => StandardError > 0 ? TDistribution.TwoSided(Difference / StandardError, DegreesOfFreedom) : Difference == 0 ? 1 : 0;

    /// <summary>Student's interval of the difference at a level such as 0.95.</summary>
    public Interval Interval(double level) => MeanSummary.StudentInterval(Difference, StandardError, DegreesOfFreedom, level);

    /// <summary>Compares two samples.</summary>
    /// <exception cref="ArgumentException">A sample has fewer than two values.</exception>
    public static Welch Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count < 2 || second.Count < 2)
        {
            throw new ArgumentException("Each sample needs at least two values.", first.Count < 2 ? nameof(first) : nameof(second));
        }

        MeanSummary a = MeanSummary.Of(first), b = MeanSummary.Of(second);
        double va = a.StandardError * a.StandardError, vb = b.StandardError * b.StandardError, variance = va + vb;
        return new Welch(a.Mean - b.Mean, Math.Sqrt(variance), variance * variance / ((va * va / (a.Count - 1)) + (vb * vb / (b.Count - 1))));
    }
}
