namespace NaturalThoughts.Statistics;

/// <summary>Power and minimum detectable effects of paired comparisons.</summary>
public static class Power
{
    /// <summary>Power of the paired t-test for a true effect d_z (mean over standard deviation of the differences), by the non-central t distribution.</summary>
    public static double PairedT(int n, double dz, double alpha, bool twoSided = true)
    {
        double df = n - 1;
        double shift = dz * Math.Sqrt(n);
        double critical = Student.Quantile(1 - (twoSided ? alpha / 2 : alpha), df);
        return NonCentralStudent.Sf(critical, df, shift) + (twoSided ? NonCentralStudent.Sf(critical, df, -shift) : 0);
    }

    /// <summary>The smallest d_z that the two-sided paired t-test finds with the given power.</summary>
    public static double PairedTEffect(int n, double power, double alpha)
    {
        double guess = PairedTEffectNormal(n, power, alpha);
        return Root(dz => PairedT(n, dz, alpha) - power, 0, 20 * guess);
    }

    /// <summary>The normal form of <see cref="PairedTEffect"/>: (z(1 - alpha/2) + z(power))/sqrt(n).</summary>
    public static double PairedTEffectNormal(int n, double power, double alpha) =>
        (Normal.Quantile(1 - (alpha / 2)) + Normal.Quantile(power)) / Math.Sqrt(n);

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

    /// <summary>The simple form of <see cref="McNemarDifference"/>: (z(1 - alpha/2) + z(power)) sqrt(D/n).</summary>
    public static double McNemarDifferenceSimple(int n, double discordant, double power, double alpha) =>
        (Normal.Quantile(1 - (alpha / 2)) + Normal.Quantile(power)) * Math.Sqrt(discordant / n);

    /// <summary>The smallest true difference that a two-sided test with this standard error finds: (t(1 - alpha/2) + t(power)) se, both with the test's degrees of freedom.</summary>
    public static double Difference(double standardError, double df, double power, double alpha) =>
        (Student.Quantile(1 - (alpha / 2), df) + Student.Quantile(power, df)) * standardError;

    /// <summary>Power of McNemar's exact (or mid-p) test, summed over the trinomial distribution of the discordant counts.</summary>
    public static double McNemar(int n, double p10, double p01, double alpha, bool midP = false)
    {
        double discordant = p10 + p01;
        double power = 0;
        for (int m = 0; m <= n; m++)
        {
            double weight = Binomial.Pmf(m, n, discordant);
            for (int b = 0; b <= m; b++)
            {
                McNemar test = new(b, m - b);
                if ((midP ? test.MidP : test.ExactP) <= alpha)
                {
                    power += weight * Binomial.Pmf(b, m, p10 / discordant);
                }
            }
        }

        return power;
    }

    /// <summary>The normal form of <see cref="McNemar(int, double, double, double, bool)"/>: Phi((sqrt(n) |delta| - za sqrt(D))/sqrt(D - delta^2)).</summary>
    public static double McNemarNormal(int n, double p10, double p01, double alpha)
    {
        double discordant = p10 + p01, delta = Math.Abs(p10 - p01);
        return Normal.Cdf(((Math.Sqrt(n) * delta) - (Normal.Quantile(1 - (alpha / 2)) * Math.Sqrt(discordant))) / Math.Sqrt(discordant - (delta * delta)));
    }

    /// <summary>Cohen's h of two shares: 2 asin sqrt(p2) - 2 asin sqrt(p1), without sign.</summary>
    public static double CohenH(double p1, double p2) => Math.Abs(2 * (Math.Asin(Math.Sqrt(p2)) - Math.Asin(Math.Sqrt(p1))));

    /// <summary>Questions that each of two unpaired groups needs to find Cohen's h, two-sided, by the normal distribution.</summary>
    public static double UnpairedCount(double h, double power, double alpha)
    {
        double za = Normal.Quantile(1 - (alpha / 2));
        double guess = 2 * Math.Pow((za + Normal.Quantile(power)) / h, 2);
        return Root(n => Normal.Sf(za - (h * Math.Sqrt(n / 2))) + Normal.Cdf(-za - (h * Math.Sqrt(n / 2))) - power, 0, 2 * guess);
    }

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
