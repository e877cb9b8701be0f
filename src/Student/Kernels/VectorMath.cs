using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Functions of eight floats.</summary>
internal static unsafe class VectorMath
{
    /// <summary>Floats of a vector.</summary>
    public const int Width = 8;

    /// <summary>
    /// e^x within 2 ulp, for x in [-87, 88]; outside of it the value at the border. x = n ln 2 + r, and the polynomial of Cephes' expf for r
    /// (Moshier, https://www.netlib.org/cephes).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        // The native forms give the second operand where one is NaN: NaN must not become a number.
        x = Vector256.MinNative(Vector256.Create(88f), Vector256.MaxNative(Vector256.Create(-87f), x));
        Vector256<float> n = Vector256.Round(x * Vector256.Create(1.44269504f));
        Vector256<float> r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        Vector256<float> p = Vector256.Create(1.9875691500e-4f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.6666665459e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(5.0000001201e-1f));
        p = Vector256.FusedMultiplyAdd(p, r * r, r) + Vector256<float>.One;
        Vector256<int> power = (Vector256.ConvertToInt32Native(n) + Vector256.Create(127)) << 23;
        return p * power.AsSingle();
    }

    /// <summary>e^x of one float, with the bits of the vector.</summary>
    public static float Exp(float x) => Exp(Vector256.CreateScalar(x)).ToScalar();

    /// <summary>The logistic function 1 / (1 + e^-x) of eight floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Vector256<float>.One / (Vector256<float>.One + Exp(-x));

    /// <summary>The sum of the elements, in an order that no instruction set decides: halves, then quarters, then the two that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> x)
    {
        Vector128<float> four = x.GetLower() + x.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return (two + Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The dot product of a and b, in a fixed order of additions.</summary>
    public static float Dot(float* a, float* b, int count)
    {
        Vector256<float> sum = default;
        int i = 0;
        for (; i <= count - Width; i += Width)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Load(a + i), Vector256.Load(b + i), sum);
        }

        float total = Sum(sum);
        for (; i < count; i++)
        {
            total = MathF.FusedMultiplyAdd(a[i], b[i], total);
        }

        return total;
    }

    /// <summary>y += a x over <paramref name="count"/> floats.</summary>
    public static void Add(float a, float* x, float* y, int count)
    {
        Vector256<float> factor = Vector256.Create(a);
        int i = 0;
        for (; i <= count - Width; i += Width)
        {
            Vector256.FusedMultiplyAdd(factor, Vector256.Load(x + i), Vector256.Load(y + i)).Store(y + i);
        }

        for (; i < count; i++)
        {
            y[i] = MathF.FusedMultiplyAdd(a, x[i], y[i]);
        }
    }

    /// <summary>y += the rows of x, [N, C], one after another.</summary>
    public static void AddRows(float* x, int rows, int width, float* y)
    {
        for (nint row = 0; row < rows; row++)
        {
            Add(1, x + (row * width), y, width);
        }
    }

    /// <summary>x *= a over <paramref name="count"/> floats.</summary>
    public static void Scale(float a, float* x, int count)
    {
        Vector256<float> factor = Vector256.Create(a);
        int i = 0;
        for (; i <= count - Width; i += Width)
        {
            (factor * Vector256.Load(x + i)).Store(x + i);
        }

        for (; i < count; i++)
        {
            x[i] *= a;
        }
    }

    /// <summary>The largest element; minus infinity of none.</summary>
    public static float Max(float* x, int count)
    {
        Vector256<float> best = Vector256.Create(float.NegativeInfinity);
        int i = 0;
        for (; i <= count - Width; i += Width)
        {
            best = Vector256.MaxNative(best, Vector256.Load(x + i));
        }

        if (i < count)
        {
            Vector256<float> first = First(count - i);
            best = Vector256.Max(best, Vector256.ConditionalSelect(first, Avx.MaskLoad(x + i, first), best));
        }

        Vector128<float> four = Vector128.Max(best.GetLower(), best.GetUpper());
        Vector128<float> two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>Replaces each x by e^(x - shift).</summary>
    /// <returns>The sum of what x became.</returns>
    public static float ExpInPlace(float* x, float shift, int count)
    {
        Vector256<float> sum = default;
        Vector256<float> shifts = Vector256.Create(shift);
        int i = 0;
        for (; i <= count - Width; i += Width)
        {
            Vector256<float> value = Exp(Vector256.Load(x + i) - shifts);
            value.Store(x + i);
            sum += value;
        }

        if (i < count)
        {
            Vector256<float> first = First(count - i);
            Vector256<float> value = Exp(Avx.MaskLoad(x + i, first) - shifts);
            Avx.MaskStore(x + i, first, value);
            sum += value & first;
        }

        return Sum(sum);
    }

    /// <summary>A mask of the first elements of a vector, for what is left of a row at its end.</summary>
    /// <param name="count">How many, below <see cref="Width"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(int count) => Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(count)).AsSingle();
}
