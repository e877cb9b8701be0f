namespace NaturalThoughts.Statistics;

/// <summary>The tail of the non-central t distribution, by integration over the chi distribution of the scale.</summary>
internal static class NonCentralStudent
{
    private const int Panels = 2000;

    /// <summary>P(T &gt; t): the integral of Phi(shift - t s) over the density of s = sqrt(chi-square(df)/df), by Simpson's rule.</summary>
    public static double Sf(double t, double df, double shift)
    {
        // s has mean near 1 and standard deviation near 1/sqrt(2 df); twelve of them leave nothing out at 1e-12.
        double reach = 12 / Math.Sqrt(2 * df);
        double low = Math.Max(0, 1 - reach), high = 1 + reach;
        double width = (high - low) / (2 * Panels);
        double logConstant = Math.Log(2) + (df / 2 * Math.Log(df / 2)) - LogGamma.Of(df / 2);
        double Integrand(double s) => s <= 0 && df > 1
            ? 0
            : Math.Exp(logConstant + (df == 1 ? 0 : (df - 1) * Math.Log(s)) - (df * s * s / 2)) * Normal.Cdf(shift - (t * s));
        double sum = Integrand(low) + Integrand(high);
        for (int i = 1; i < 2 * Panels; i++)
        {
            sum += (i % 2 == 1 ? 4 : 2) * Integrand(low + (i * width));
        }

        return sum * width / 3;
    }
}
