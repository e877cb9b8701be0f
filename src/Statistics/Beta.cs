namespace NaturalThoughts.Statistics;

/// <summary>
/// The beta distribution: the regularised incomplete beta function by a continued fraction in Lentz' form
/// behind Loader's (2000) saddle-point factor, so that parameters of a hundred thousand lose no digits.
/// </summary>
public static class Beta
{
    /// <summary>P(X &lt;= x), x in [0, 1], a, b &gt; 0.</summary>
    public static double Cdf(double a, double b, double x) => Lower(a, b, x, 1 - x);

    /// <summary>The upper tail P(X &gt; x) for x in [0, 1].</summary>
    public static double Sf(double a, double b, double x) => Lower(b, a, 1 - x, x);

    /// <summary>log of the beta function B(a, b).</summary>
    public static double LogBeta(double a, double b) => LogGamma.Of(a) + LogGamma.Of(b) - LogGamma.Of(a + b);

    /// <summary>The x below which the share <paramref name="p"/> in [0, 1] lies.</summary>
    public static double Quantile(double a, double b, double p)
    {
        if (p is 0 or 1)
        {
            return p;
        }

        double z = Logit(a, b, p, 1 - p);
        return z < 0 ? Math.Exp(z) / (1 + Math.Exp(z)) : 1 / (1 + Math.Exp(-z));
    }

    /// <summary>The lower share at x where y = 1 - x is known to full precision.</summary>
    internal static double Lower(double a, double b, double x, double y)
    {
        if (x <= 0 || y <= 0)
        {
            return x <= 0 ? 0 : 1;
        }

        double density = ScaledDensity(a, b, x, y);
        return x < (a + 1) / (a + b + 2)
            ? density * Fraction(a, b, x, y)
            : 1 - (density * Fraction(b, a, y, x));
    }

    /// <summary>log(x/(1 - x)) of the quantile at the lower share p, the upper share q = 1 - p known to full precision.</summary>
    internal static double Logit(double a, double b, double p, double q)
    {
        bool lower = p <= q;
        double target = lower ? p : q;

        // The logarithm of the smaller share rises (falls) with z; Newton's step, or a bisection where that leaves the bracket.
        double low = -1500, high = 1500, z = Math.Log(a / b);
        for (int step = 0; step < 400; step++)
        {
            (double x, double y) = Shares(z);
            double value = lower ? Lower(a, b, x, y) : Lower(b, a, y, x);
            double gap = value > 0 ? Math.Log(value / target) : double.NegativeInfinity;
            bool tooFar = lower ? gap > 0 : gap < 0;
            if (tooFar)
            {
                high = z;
            }
            else
            {
                low = z;
            }

            double slope = ScaledDensity(a, b, x, y) / value;
            double next = z - ((lower ? gap : -gap) / slope);
            if (!(next > low && next < high))
            {
                next = 0.5 * (low + high);
            }

            double moved = Math.Abs(next - z);
            z = next;
            if (moved <= 1e-15 * Math.Max(1, Math.Abs(z)))
            {
                break;
            }
        }

        return z;
    }

    private static (double X, double Y) Shares(double z)
    {
        double small = Math.Exp(-Math.Abs(z));
        double big = 1 / (1 + small);
        return z < 0 ? (small * big, big) : (big, small * big);
    }

    // x^a y^b / B(a, b), through the deviance, which does not cancel.
    private static double ScaledDensity(double a, double b, double x, double y)
    {
        double n = a + b;
        double log = LogGamma.StirlingError(n) - LogGamma.StirlingError(a) - LogGamma.StirlingError(b)
            - Binomial.Deviance(a, n * x) - Binomial.Deviance(b, n * y);
        return Math.Exp(log) * Math.Sqrt(a * b / (2 * Math.PI * n));
    }

    // The even part of the continued fraction (Didonato and Morris 1992, BFRAC), whose terms do not cancel where a is large and x near 1.
    private static double Fraction(double a, double b, double x, double y)
    {
        const double Tiny = 1e-300;
        double gap = (a * y) - (b * x) + 1;
        double result = a * gap / (a + 1);
        result = Math.Abs(result) < Tiny ? Tiny : result;
        double c = result, d = 0;
        for (int n = 1; n < 100_000; n++)
        {
            double odd = a + (2 * n) - 1;
            double alpha = (a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x / (odd * odd);
            double beta = n + (n * (b - n) * x / odd) + ((a + n) * (gap + (n * (1 + y))) / (odd + 2));
            d = beta + (alpha * d);
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = beta + (alpha / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            double factor = c * d;
            result *= factor;
            if (Math.Abs(factor - 1) < 1e-16)
            {
                break;
            }
        }

        return 1 / result;
    }
}
