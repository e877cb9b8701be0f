namespace NaturalThoughts.Statistics;

/// <summary>The logarithm of the gamma function, and the error of Stirling's formula.</summary>
internal static class LogGamma
{
    private const double HalfLogTwoPi = 0.91893853320467274;
    private const double SeriesFrom = 16;

    /// <summary>log Gamma(x) for x &gt; 0: the recurrence up to 16, from there Stirling's series.</summary>
    public static double Of(double x)
    {
        if (x is 1 or 2)
        {
            return 0;
        }

        double product = 1;
        double y = x;
        while (y < SeriesFrom)
        {
            product *= y;
            y += 1;
        }

        return ((y - 0.5) * Math.Log(y)) - y + HalfLogTwoPi + Series(y) - Math.Log(product);
    }

    /// <summary>
    /// log Gamma(x + 1) - (x + 1/2) log x + x - log(2 pi)/2 for x &gt; 0 (Loader 2000, "Fast and accurate computation of binomial probabilities").
    /// </summary>
    public static double StirlingError(double x) =>
        x >= SeriesFrom ? Series(x) : Of(x + 1) - ((x + 0.5) * Math.Log(x)) + x - HalfLogTwoPi;

    // Stirling's series, Abramowitz and Stegun 6.1.41; the first term left out is below 1e-17 for x >= 16.
    private static double Series(double x)
    {
        double r = 1 / (x * x);
        double sum = 691.0 / 360360;
        sum = (1.0 / 1188) - (r * sum);
        sum = (1.0 / 1680) - (r * sum);
        sum = (1.0 / 1260) - (r * sum);
        sum = (1.0 / 360) - (r * sum);
        return ((1.0 / 12) - (r * sum)) / x;
    }
}
