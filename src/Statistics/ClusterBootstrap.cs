using NaturalThoughts.Contracts;

namespace NaturalThoughts.Statistics;

/// <summary>Bootstrap of a clustered mean: clusters are drawn with replacement, the statistic is the sum of their values over their number.</summary>
public sealed class ClusterBootstrap
{
    private readonly double[] _sorted;

    private ClusterBootstrap(double[] means)
    {
        Array.Sort(means);
        _sorted = means;
        Mean = means.Average();
        StandardError = Math.Sqrt(means.Average(value => (value - Mean) * (value - Mean)));
    }

    /// <summary>Number of resamples.</summary>
    public int Resamples => _sorted.Length;

    /// <summary>Mean of the resampled means.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation of the resampled means, divisor their number.</summary>
    public double StandardError { get; }

    /// <summary>Standard error of <see cref="StandardError"/> in B random resamples, times the root of B: sqrt(m4 - s^4)/(2 s).</summary>
    public double ErrorOfErrorTimesRoot => Math.Sqrt(_sorted.Average(value => Math.Pow(value - Mean, 4)) - Math.Pow(StandardError, 4)) / (2 * StandardError);

    /// <summary>Every one of the G^G ordered draws; for small G.</summary>
    public static ClusterBootstrap Enumerate(IReadOnlyList<int> clusters, IReadOnlyList<double> values)
    {
        (double Sum, int Count)[] groups = Groups(clusters, values);
        int all = checked((int)Math.Pow(groups.Length, groups.Length));
        double[] means = new double[all];
        for (int i = 0; i < all; i++)
        {
            int code = i;
            means[i] = Resample(groups, () =>
            {
                (code, int digit) = Math.DivRem(code, groups.Length);
                return digit;
            });
        }

        return new ClusterBootstrap(means);
    }

    /// <summary>Random draws from the generator.</summary>
    public static ClusterBootstrap Draw(IReadOnlyList<int> clusters, IReadOnlyList<double> values, int resamples, SeededRandom random)
    {
        (double Sum, int Count)[] groups = Groups(clusters, values);
        return new ClusterBootstrap([.. Enumerable.Range(0, resamples).Select(_ => Resample(groups, () => random.Next(groups.Length)))]);
    }

    /// <summary>Share of resampled means at or below a value.</summary>
    public double AtOrBelow(double value) => (double)_sorted.Count(mean => mean <= value) / Resamples;

    /// <summary>Share of resampled means below a value.</summary>
    public double Below(double value) => (double)_sorted.Count(mean => mean < value) / Resamples;

    /// <summary>The smallest resampled mean that at least the share <paramref name="p"/> does not exceed (Hyndman and Fan's type 1).</summary>
    public double Quantile(double p) => _sorted[Math.Clamp((int)Math.Ceiling(p * Resamples) - 1, 0, Resamples - 1)];

    /// <summary>The quantile interpolated between neighbours (type 7).</summary>
    public double QuantileLinear(double p)
    {
        double at = p * (Resamples - 1);
        int low = (int)Math.Floor(at);
        return _sorted[low] + ((at - low) * (_sorted[Math.Min(low + 1, Resamples - 1)] - _sorted[low]));
    }

    private static double Resample((double Sum, int Count)[] groups, Func<int> draw)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            (double groupSum, int groupCount) = groups[draw()];
            sum += groupSum;
            count += groupCount;
        }

        return sum / count;
    }

    private static (double Sum, int Count)[] Groups(IReadOnlyList<int> clusters, IReadOnlyList<double> values) =>
    [
        .. clusters.Zip(values).GroupBy(pair => pair.First).OrderBy(group => group.Key).Select(group => (group.Sum(pair => pair.Second), group.Count())),
    ];
}
