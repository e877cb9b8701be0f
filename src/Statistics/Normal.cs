using MathNet.Numerics;

namespace NaturalThoughts.Statistics;

/// <summary>The standard normal distribution; tails are computed as tails, never as one minus the other side.</summary>
public static class Normal
{
    private const double SqrtTwo = 1.4142135623730951;
    private const double InverseSqrtTwoPi = 0.39894228040143268;
    private const double HalfLogTwoPi = 0.91893853320467274;

    /// <summary>The distribution function P(Z &lt;= z).</summary>
    public static double Cdf(double z) => 0.5 * SpecialFunctions.Erfc(-z / SqrtTwo);

    /// <summary>The upper tail P(Z &gt; z).</summary>
    public static double Sf(double z) => 0.5 * SpecialFunctions.Erfc(z / SqrtTwo);

    /// <summary>The density of the distribution at z.</summary>
    public static double Pdf(double z) => InverseSqrtTwoPi * Math.Exp(-0.5 * z * z);

    /// <summary>The natural logarithm of <see cref="Sf"/>, finite far beyond where the tail itself underflows.</summary>
    public static double LogSf(double z)
    {
        if (z < 10)
        {
            return z < 0 ? LogOnePlus(-Cdf(z)) : Math.Log(Sf(z));
        }

        // Mills' ratio as Laplace's continued fraction 1/(z + 1/(z + 2/(z + 3/(z + ...)))) (Abramowitz and Stegun 26.2.14).
        double fraction = z;
        for (int k = 60; k >= 1; k--)
        {
            fraction = z + (k / fraction);
        }

        return (-0.5 * z * z) - HalfLogTwoPi - Math.Log(fraction);
    }

    /// <summary>The two-sided p-value P(|Z| &gt;= |z|).</summary>
    public static double TwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / SqrtTwo);

    /// <summary>The z below which the share <paramref name="p"/> in [0, 1] lies.</summary>
    public static double Quantile(double p)
    {
        if (p is 0 or 1)
        {
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (p > 0.5)
        {
            return -LowerQuantile(1 - p);
        }

        return LowerQuantile(p);
    }

    private static double LowerQuantile(double p)
    {
        double z = -SqrtTwo * SpecialFunctions.ErfcInv(2 * p);

        // One step of Newton's rule on the distribution function removes the error of the rational approximation.
        double density = Pdf(z);
        return density > 0 ? z - ((Cdf(z) - p) / density) : z;
    }

    private static double LogOnePlus(double x) => Math.Abs(x) < 1e-5 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);
}
