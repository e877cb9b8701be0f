namespace NaturalThoughts.Statistics;

/// <summary>The binomial distribution of n trials with success probability p.</summary>
public static class Binomial
{
    /// <summary>P(X = k) by Loader's (2000) saddle-point form.</summary>
    public static double Pmf(int k, int n, double p)
    {
        if (k < 0 || k > n)
        {
            return 0;
        }

        double q = 1 - p;
        if (k == 0)
        {
            return n == 0 ? 1 : p == 1 ? 0 : Math.Exp(n * (p < 0.1 ? -Deviance1(p) : Math.Log(q)));
        }

        if (k == n)
        {
            return p == 0 ? 0 : Math.Exp(n * Math.Log(p));
        }

        if (p is 0 or 1)
        {
            return 0;
        }

        double log = LogGamma.StirlingError(n) - LogGamma.StirlingError(k) - LogGamma.StirlingError(n - k)
            - Deviance(k, n * p) - Deviance(n - k, n * q);
        return Math.Exp(log) * Math.Sqrt(n / (2 * Math.PI * k * (n - k)));
    }

    /// <summary>The distribution function P(X &lt;= k).</summary>
    public static double Cdf(int k, int n, double p) => k < 0 ? 0 : k >= n ? 1 : Beta.Sf(k + 1, n - k, p);

    /// <summary>The upper tail P(X &gt;= k), k included.</summary>
    public static double AtLeast(int k, int n, double p) => k <= 0 ? 1 : k > n ? 0 : Beta.Cdf(k, n - k + 1, p);

    /// <summary>x log(x/m) + m - x without cancellation for x near m (Loader's bd0), x &gt;= 0, m &gt; 0.</summary>
    internal static double Deviance(double x, double m)
    {
        double difference = x - m;
        if (Math.Abs(difference) >= 0.1 * (x + m))
        {
            return (x * Math.Log(x / m)) - difference;
        }

        double v = difference / (x + m);
        double sum = difference * v;
        double term = 2 * x * v;
        double squared = v * v;
        for (int j = 1; j < 1000; j++)
        {
            term *= squared;
            double next = sum + (term / ((2 * j) + 1));
            if (next == sum)
            {
                break;
            }

            sum = next;
        }

        return sum;
    }

    // -log(1 - p) for small p.
    private static double Deviance1(double p)
    {
        double sum = 0, power = p;
        for (int j = 1; j < 60; j++)
        {
            sum += power / j;
            power *= p;
        }

        return sum;
    }
}
