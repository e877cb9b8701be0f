namespace NaturalThoughts.Statistics;

/// <summary>
/// The beta distribution: the regularised incomplete beta function by Lentz' continued fraction (Press et al., Numerical Recipes 6.4)
/// behind Loader's (2000) saddle-point factor, so that parameters of a hundred thousand lose no digits.
/// </summary>
public static class Beta
{
    /// <summary>P(X &lt;= x), x in [0, 1], a, b &gt; 0.</summary>
    public static double Cdf(double a, double b, double x) => Lower(a, b, x, 1 - x);

    /// <summary>P(X &gt; x).</summary>
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
            ? density * Fraction(a, b, x) / a
            : 1 - (density * Fraction(b, a, y) / b);
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

    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1;
        double d = 1 - ((a + b) * x / (a + 1));
        d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
        double result = d;
        for (int m = 1; m < 100_000; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 + (even * d);
            c = 1 + (even / c);
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 + (odd * d);
            c = 1 + (odd / c);
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            double factor = d * c;
            result *= factor;
            if (Math.Abs(factor - 1) < 1e-16)
            {
                break;
            }
        }

        return result;
    }
}
