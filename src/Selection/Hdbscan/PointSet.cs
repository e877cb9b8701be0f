using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>Points in rows padded with zeros to whole vectors, and the one routine that measures final distances.</summary>
internal sealed class PointSet
{
    private const int Lanes = 4;
    private readonly double[] _values;

    public PointSet(ReadOnlySpan<double> points, int n, int d)
    {
        Count = n;
        Dimension = d;
        Stride = (d + Lanes - 1) / Lanes * Lanes;
        _values = new double[checked(n * Stride)];
        for (int i = 0; i < n; i++)
        {
            points.Slice(i * d, d).CopyTo(_values.AsSpan(i * Stride));
        }
    }

    public int Count { get; }

    public int Dimension { get; }

    public int Stride { get; }

    /// <summary>The coordinates of a row, without padding.</summary>
    public ReadOnlySpan<double> Row(int i) => _values.AsSpan(i * Stride, Dimension);

    /// <summary>
    /// Squared Euclidean distance: symmetric to the bit, the same for every pair of equal coordinates, and the same on every
    /// processor (fixed order of additions, no fused multiply-add).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double SquaredDistance(int a, int b)
    {
        ref double start = ref MemoryMarshal.GetArrayDataReference(_values);
        ref double left = ref Unsafe.Add(ref start, (nint)a * Stride);
        ref double right = ref Unsafe.Add(ref start, (nint)b * Stride);
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        nuint i = 0;
        nuint end = (nuint)Stride;
        for (; i + (2 * Lanes) <= end; i += 2 * Lanes)
        {
            Vector256<double> first = Vector256.LoadUnsafe(ref left, i) - Vector256.LoadUnsafe(ref right, i);
            even += first * first;
            Vector256<double> second = Vector256.LoadUnsafe(ref left, i + Lanes) - Vector256.LoadUnsafe(ref right, i + Lanes);
            odd += second * second;
        }

        if (i < end)
        {
            Vector256<double> last = Vector256.LoadUnsafe(ref left, i) - Vector256.LoadUnsafe(ref right, i);
            even += last * last;
        }

        Vector256<double> sum = even + odd;
        return sum[0] + sum[2] + (sum[1] + sum[3]);
    }

    /// <summary>Euclidean distance; the square root is correctly rounded, hence monotone.</summary>
    public double Distance(int a, int b) => Math.Sqrt(SquaredDistance(a, b));
}
