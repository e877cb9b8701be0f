namespace NaturalThoughts.Statistics;

/// <summary>Minimum detectable effects of paired comparisons.</summary>
public static class Power
{
    /// <summary>
    /// The minimum detectable difference in accuracy of two students on n paired questions of which the share
    /// <paramref name="discordant"/> is answered differently (Connor 1987): sqrt(n) delta = z(1 - alpha/2) sqrt(D) + z(power) sqrt(D - delta^2).
    /// NaN where even a difference of D, the largest possible, would be missed.
    /// </summary>
    public static double McNemarDifference(int n, double discordant, double power, double alpha)
    {
        double za = Normal.Quantile(1 - (alpha / 2)), zb = Normal.Quantile(power);
        double Gap(double delta) => (Math.Sqrt(n) * delta) - (za * Math.Sqrt(discordant)) - (zb * Math.Sqrt(Math.Max(0, discordant - (delta * delta))));
        double most = Math.Min(discordant, Math.Sqrt(discordant));
        return Gap(most) < 0 ? double.NaN : Root(Gap, 0, most);
    }

    /// <summary>
    /// The smallest true difference that a two-sided test with this standard error finds: (t(1 - alpha/2) + t(power)) se, both with the test's degrees of
    /// freedom.
    /// </summary>
    public static double Difference(double standardError, double df, double power, double alpha) =>
        (TDistribution.Quantile(1 - (alpha / 2), df) + TDistribution.Quantile(power, df)) * standardError;

    // Bisection of a rising function to the last bit.
    private static double Root(Func<double, double> rising, double low, double high)
    {
        for (int step = 0; step < 200; step++)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                break;
            }

            if (rising(middle) < 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return 0.5 * (low + high);
    }
}
