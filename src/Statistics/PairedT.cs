namespace NaturalThoughts.Statistics;

/// <summary>The paired t-test of differences against zero.</summary>
/// <param name="Differences">Summary of the differences.</param>
/// <param name="T">Mean over its standard error: infinite without variance, NaN where all differences are 0 or there is one pair.</param>
/// <param name="TwoSidedP">Two-sided p; a result without variance is degenerate, whatever stands here.</param>
/// <param name="GreaterP">p against a positive difference.</param>
public sealed record PairedT(MeanSummary Differences, double T, double TwoSidedP, double GreaterP)
{
    /// <summary>Effect size: mean over standard deviation of the differences.</summary>
    public double CohenDz => Differences.Mean / Differences.Sd;

    /// <summary>True where there is no variance to test against.</summary>
    public bool Degenerate => !(Differences.Sd > 0);

    /// <summary>Tests whether the mean of the differences is 0.</summary>
    public static PairedT Of(IReadOnlyList<double> differences)
    {
        MeanSummary summary = MeanSummary.Of(differences);
        double t = summary.Mean / summary.StandardError;
        double df = differences.Count - 1;
        return double.IsNaN(t)
            ? new PairedT(summary, t, double.NaN, double.NaN)
            : new PairedT(summary, t, TDistribution.TwoSided(t, df), double.IsInfinity(t) ? (t > 0 ? 0 : 1) : TDistribution.Sf(t, df));
    }
}
