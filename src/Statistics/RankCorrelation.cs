namespace NaturalThoughts.Statistics;

/// <summary>Correlation of two lists of the same length; NaN where one is constant or there are fewer than two values.</summary>
public static class RankCorrelation
{
    /// <summary>Pearson's correlation of the values, from -1 to 1.</summary>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double meanX = x.Average(), meanY = y.Average();
        double xx = x.Sum(value => (value - meanX) * (value - meanX)), yy = y.Sum(value => (value - meanY) * (value - meanY));
        double xy = x.Zip(y).Sum(pair => (pair.First - meanX) * (pair.Second - meanY));
        return xx == 0 || yy == 0 ? double.NaN : Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
    }

    /// <summary>Spearman's rho: Pearson's r of the midranks.</summary>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks.Mid(x), Ranks.Mid(y));

    /// <summary>Two-sided p of Spearman's rho by Student's distribution with n - 2 degrees of freedom; 0 for rho of 1 or -1.</summary>
    public static double SpearmanP(double rho, int n) => Math.Abs(rho) == 1 ? 0 : Student.TwoSided(rho * Math.Sqrt((n - 2) / (1 - (rho * rho))), n - 2);

    /// <summary>Kendall's tau-b, from -1 to 1: rank correlation with ties.</summary>
    public static double Kendall(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double pairs = Pairs(x.Count), tiedX = Ranks.Ties(x).Sum(Pairs), tiedY = Ranks.Ties(y).Sum(Pairs);
        return pairs == tiedX || pairs == tiedY
            ? double.NaN
            : Math.Clamp(Score(x, y) / Math.Sqrt(pairs - tiedX) / Math.Sqrt(pairs - tiedY), -1, 1);
    }

    /// <summary>Two-sided p of Kendall's tau by the normal distribution, its variance corrected for ties (Kendall 1970).</summary>
    public static double KendallP(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double n = x.Count, m = n * (n - 1);
        double[] a = Ranks.Ties(x), b = Ranks.Ties(y);
        static double Cubic(double[] ties) => ties.Sum(t => t * (t - 1) * (t - 2));
        static double Linear(double[] ties) => ties.Sum(t => t * (t - 1) * ((2 * t) + 5));
        double variance = (((m * ((2 * n) + 5)) - Linear(a) - Linear(b)) / 18)
            + (2 * a.Sum(Pairs) * b.Sum(Pairs) / m) + (Cubic(a) * Cubic(b) / (9 * m * (n - 2)));
        return Normal.TwoSided(Score(x, y) / Math.Sqrt(variance));
    }

    /// <summary>Exact two-sided p of Kendall's tau without ties: the share of permutations with at most as many inversions, twice, at most 1.</summary>
    public static double KendallExactP(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        int n = x.Count, pairs = n * (n - 1) / 2;
        int discordant = (int)((pairs - Score(x, y)) / 2);
        int extreme = Math.Min(discordant, pairs - discordant);
        double[] share = new double[pairs + 1];
        share[0] = 1;
        for (int size = 2; size <= n; size++)
        {
            double[] next = new double[pairs + 1];
            for (int inversions = 0; inversions <= pairs; inversions++)
            {
                for (int added = 0; added < size && added <= inversions; added++)
                {
                    next[inversions] += share[inversions - added] / size;
                }
            }

            share = next;
        }

        return Math.Min(1, 2 * share.Take(extreme + 1).Sum());
    }

    private static double Pairs(double n) => n * (n - 1) / 2;

    private static double Pairs(int n) => n * (n - 1.0) / 2;

    // Concordant minus discordant pairs.
    private static double Score(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        int score = 0;
        for (int i = 0; i < x.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                score += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
            }
        }

        return score;
    }
}
