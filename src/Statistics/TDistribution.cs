namespace NaturalThoughts.Statistics;

/// <summary>Student's t distribution; degrees of freedom may be any positive number.</summary>
public static class TDistribution
{
    /// <summary>The distribution function P(T &lt;= t).</summary>
    public static double Cdf(double t, double df) => Sf(-t, df);

    /// <summary>The upper tail P(T &gt; t).</summary>
    public static double Sf(double t, double df)
    {
        if (double.IsNaN(t))
        {
            return double.NaN;
        }

        double tail = 0.5 * TwoSided(t, df);
        return t >= 0 ? tail : 1 - tail;
    }

    /// <summary>The two-sided p-value P(|T| &gt;= |t|).</summary>
    public static double TwoSided(double t, double df)
    {
        if (double.IsInfinity(t))
        {
            return 0;
        }

        double square = t * t;
        return Beta.Lower(df / 2, 0.5, df / (df + square), square / (df + square));
    }

    /// <summary>The t below which the share <paramref name="p"/> in [0, 1] lies.</summary>
    public static double Quantile(double p, double df)
    {
        if (p is 0 or 1)
        {
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (p == 0.5)
        {
            return 0;
        }

        double tail = p < 0.5 ? p : 1 - p;

        // x = df/(df + t^2) is beta distributed with (df/2, 1/2): t = sqrt(df) exp(-logit(x)/2).
        double logit = Beta.Logit(df / 2, 0.5, 2 * tail, 1 - (2 * tail));
        double t = Math.Sqrt(df) * Math.Exp(-0.5 * logit);
        return p < 0.5 ? -t : t;
    }
}
