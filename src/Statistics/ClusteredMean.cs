namespace NaturalThoughts.Statistics;

/// <summary>
/// Mean of values that come in clusters (repeats of a question), with the cluster-robust standard errors CR0 and CR1
/// (Cameron and Miller 2015, "A practitioner's guide to cluster-robust inference"; CR1 = CR0 sqrt(G/(G - 1))).
/// </summary>
/// <param name="Count">Number of values.</param>
/// <param name="Clusters">Number of clusters G.</param>
/// <param name="Mean">Sum of all values over their number.</param>
/// <param name="NaiveError">The standard error that ignores the clusters.</param>
/// <param name="Cr0">Without the small-sample factor.</param>
/// <param name="Cr1">With it; NaN for one cluster.</param>
public sealed record ClusteredMean(int Count, int Clusters, double Mean, double NaiveError, double Cr0, double Cr1)
{
    /// <summary>The mean over its standard error CR1; NaN where that is 0 or missing.</summary>
    public double T => Cr1 > 0 ? Mean / Cr1 : double.NaN;

    /// <summary>Two-sided p by Student's distribution with G - 1 degrees of freedom.</summary>
    public double StudentP => double.IsNaN(T) ? double.NaN : TDistribution.TwoSided(T, Clusters - 1);

    /// <summary>Two-sided p by the normal distribution.</summary>
    public double NormalP => double.IsNaN(T) ? double.NaN : Normal.TwoSided(T);

    /// <summary>Student's interval with G - 1 degrees of freedom.</summary>
    public Interval Interval(double level) => MeanSummary.StudentInterval(Mean, Cr1, Clusters - 1, level);

    /// <summary>Summarises values whose clusters are named by <paramref name="clusters"/>, position by position.</summary>
    /// <exception cref="ArgumentException">The lists are empty or of different lengths.</exception>
    public static ClusteredMean Of(IReadOnlyList<int> clusters, IReadOnlyList<double> values)
    {
        if (values.Count == 0 || clusters.Count != values.Count)
        {
            throw new ArgumentException("Clusters and values are lists of the same length, not empty.", nameof(values));
        }

        MeanSummary all = MeanSummary.Of(values);
        SortedDictionary<int, double> sums = [];
        for (int i = 0; i < values.Count; i++)
        {
            sums[clusters[i]] = sums.GetValueOrDefault(clusters[i]) + (values[i] - all.Mean);
        }

        int groups = sums.Count;
        double cr0 = groups == 1 ? 0 : Math.Sqrt(sums.Values.Sum(sum => sum * sum)) / values.Count;
        double cr1 = groups == 1 ? double.NaN : cr0 * Math.Sqrt(groups / (groups - 1.0));
        return new ClusteredMean(values.Count, groups, all.Mean, all.StandardError, cr0, cr1);
    }
}
