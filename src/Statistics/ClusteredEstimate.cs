namespace NaturalThoughts.Statistics;

/// <summary>
/// An estimate with the standard error that follows from the parts of its observations, summed within clusters: sqrt(sum of squared cluster
/// sums), the sandwich form of Obuchowski (1997) and of Cameron and Miller (2015). Observations of one question are one cluster.
/// </summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error; NaN where a part is NaN.</param>
public sealed record ClusteredEstimate(double Value, double StandardError)
{
    private const double Quantile975 = 1.959963984540054;

    /// <summary>The normal interval at 95 %.</summary>
    public Interval Interval95 => new(Value - (Quantile975 * StandardError), Value + (Quantile975 * StandardError));

    /// <summary>An estimate whose influence values belong to clusters, position by position.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="clusters">The cluster of each observation, from 0.</param>
    /// <param name="influence">The part of each observation.</param>
    /// <exception cref="ArgumentException">The lists are of different lengths.</exception>
    public static ClusteredEstimate Of(double value, IReadOnlyList<int> clusters, IReadOnlyList<double> influence)
    {
        if (clusters.Count != influence.Count)
        {
            throw new ArgumentException("Clusters and parts are lists of the same length.", nameof(influence));
        }

        double[] sums = new double[clusters.Count == 0 ? 0 : clusters.Max() + 1];
        for (int i = 0; i < clusters.Count; i++)
        {
            sums[clusters[i]] += influence[i];
        }

        return new ClusteredEstimate(value, Math.Sqrt(sums.Sum(sum => sum * sum)));
    }

    /// <summary>Two-sided p by the normal distribution that the true value is <paramref name="expected"/>; null without a positive standard error.</summary>
    public double? P(double expected) => StandardError > 0 ? Normal.TwoSided((Value - expected) / StandardError) : null;
}
