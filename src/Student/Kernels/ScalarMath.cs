using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Functions of one number, or of each of four, by additions, products, quotients and fused multiply-adds alone: the same bits on every
/// processor. Those of the C library, which .NET's <see cref="Math"/> calls, differ between its versions and between processors.
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
    private const int SineTerms = 8;

    // 1 / 3, 1 / 5, ... of the logarithm's series: a division in each term took longer than all else of it.
    private static readonly double[] LogTerms = [.. Enumerable.Range(1, 12).Select(k => 1.0 / ((2 * k) + 1))];

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
        double[] terms = LogTerms;
        for (int k = terms.Length - 1; k >= 0; k--)
        {
            sum = (sum + terms[k]) * square;
        }

        // 2 s = (m - 1) - s (m - 1), of which the first is exact.
        double first = m - 1;
        return (n * Ln2High) + (first - ((s * (first - (2 * sum))) - (n * Ln2Low)));
    }

    /// <summary>e to the power of x, within 2 ulp, with the bits of <see cref="Exp(Vector256{double})"/>.</summary>
    /// <param name="x">Any number; 0 below -708, infinity above 709.</param>
    public static double Exp(double x) => Exp(Vector256.CreateScalar(x)).ToScalar();

    /// <summary>e to the power of each of four numbers, within 2 ulp.</summary>
    /// <param name="x">Any numbers; 0 below -708, infinity above 709.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        // x = n ln 2 + r, |r| < 0.35; Taylor's series of e^r up to r^13, whose terms are 1 / k!.
        Vector256<double> n = Vector256.Round(x * Vector256.Create(1.44269504088896338700));
        Vector256<double> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-Ln2Low), r);
        Vector256<double> p = Vector256.Create(1.0 / 6227020800);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 479001600));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 39916800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 3628800));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 362880));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 40320));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 5040));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 720));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 120));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 24));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.0 / 6));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<double>.One);

        // The lowest bits of n + 3 * 2^51 are those of the whole number n.
        Vector256<long> power = ((n + Vector256.Create(3.0 * (1L << 51))).AsInt64() + Vector256.Create((long)Bias)) << Fraction;
        p *= power.AsDouble();
        p = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(709.0)), Vector256.Create(double.PositiveInfinity), p);
        p = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-708.0)), Vector256<double>.Zero, p);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), p, x);
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
