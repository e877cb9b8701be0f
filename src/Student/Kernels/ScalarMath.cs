namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Functions of one number by additions, products, quotients and fused multiply-adds alone: the same bits on every processor. Those of the C
/// library, which .NET's <see cref="Math"/> calls, differ between its versions and between processors.
/// </summary>
internal static class ScalarMath
{
    // ln 2 and pi / 2 in parts whose products with a whole number below 2^20 are exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double HalfPi1 = 1.57079632673412561417e+00;
    private const double HalfPi2 = 6.07710050630396597660e-11;
    private const double HalfPi3 = 2.02226624879595063154e-21;
    private const int Bias = 1023;
    private const int Fraction = 52;
    private const int LogTerms = 12;
    private const int ExpTerms = 13;
    private const int SineTerms = 8;

    /// <summary>The natural logarithm, within 2 ulp.</summary>
    /// <param name="x">Any number. Not a number below 0, minus infinity at 0.</param>
    public static double Log(double x)
    {
        if (!(x > 0) || !double.IsFinite(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        // x = 2^n m with m in [sqrt 1/2, sqrt 2); ln m = 2 artanh s = 2 (s + s^3 / 3 + s^5 / 5 + ...), |s| < 0.172.
        int n = 0;
        if (!double.IsNormal(x))
        {
            x *= 1L << Fraction;
            n = -Fraction;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        n += (int)(bits >> Fraction) - Bias;
        double m = BitConverter.Int64BitsToDouble((bits & ((1L << Fraction) - 1)) | ((long)Bias << Fraction));
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            n++;
        }

        double s = (m - 1) / (m + 1);
        double square = s * s;
        double sum = 0;
        for (int k = LogTerms; k >= 1; k--)
        {
            sum = (sum + (1.0 / ((2 * k) + 1))) * square;
        }

        // 2 s = (m - 1) - s (m - 1), of which the first is exact.
        double first = m - 1;
        return (n * Ln2High) + (first - ((s * (first - (2 * sum))) - (n * Ln2Low)));
    }

    /// <summary>e to the power of x, within 2 ulp.</summary>
    /// <param name="x">Any number; 0 below -708, infinity above 709.</param>
    public static double Exp(double x)
    {
        if (double.IsNaN(x) || x > 709 || x < -708)
        {
            return double.IsNaN(x) ? x : x > 0 ? double.PositiveInfinity : 0;
        }

        // x = n ln 2 + r, |r| < 0.35; Taylor's series of e^r.
        double n = Math.Round(x * 1.44269504088896338700);
        double r = x - (n * Ln2High) - (n * Ln2Low);
        double sum = 1;
        for (int k = ExpTerms; k >= 1; k--)
        {
            sum = 1 + (sum * r / k);
        }

        return sum * BitConverter.Int64BitsToDouble(((long)n + Bias) << Fraction);
    }

    /// <summary>x to the power of y, for x above 0.</summary>
    public static double Pow(double x, double y) => Exp(y * Log(x));

    /// <summary>Sine and cosine, within 1e-15.</summary>
    /// <param name="x">Radians, at most 1.6 million in size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is larger.</exception>
    public static (double Sine, double Cosine) SineAndCosine(double x)
    {
        double n = Math.Round(x / (HalfPi1 + HalfPi2));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(n), 1 << 20, nameof(x));
        double r = x - (n * HalfPi1) - (n * HalfPi2) - (n * HalfPi3);
        double square = r * r;
        double sine = 0, cosine = 0;
        for (int k = SineTerms; k >= 1; k--)
        {
            sine = (1 - sine) * square / ((2 * k) * ((2 * k) + 1));
            cosine = (1 - cosine) * square / ((2 * k) * ((2 * k) - 1));
        }

        sine = r - (r * sine);
        cosine = 1 - cosine;
        return ((long)n & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }
}
