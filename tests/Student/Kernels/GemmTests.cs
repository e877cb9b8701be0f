using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Kernels;

public sealed unsafe class GemmTests
{
    private static float[] Values(int count, string seed)
    {
        SeededRandom random = SeededRandom.From("gemm", seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    private static float[] Multiply(int m, int n, int k, float[] a, bool aTransposed, float[] b, bool bTransposed, int threads)
    {
        float[] c = new float[m * n];
        Array.Fill(c, float.NaN);
        fixed (float* pa = a, pb = b, pc = c)
        {
            Matrix left = aTransposed ? new Matrix(pa, 1, m) : new Matrix(pa, k, 1);
            Matrix right = bTransposed ? new Matrix(pb, 1, k) : new Matrix(pb, n, 1);
            Gemm.Multiply(m, n, k, left, right, pc, threads);
        }

        return c;
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 17, 300)]
    [InlineData(64, 1031, 70)]
    [InlineData(1, 4103, 600)]
    public void Should_HaveTheSameBits_When_ThreadsShareThePanelsOfAPackedMatrix(int m, int n, int k)
    {
        float[] a = Values(m * k, "a"), b = Values(k * n, "b"), before = Values(m * n, "c");
        float[] expected = [.. Multiply(m, n, k, a, false, b, false, 1)];
        foreach (int threads in (int[])[1, 2, 3, 64])
        {
            foreach (bool add in (bool[])[false, true])
            {
                float[] c = [.. before];
                float[] sum = [.. before];
                fixed (float* pa = a, pb = b, pc = c, ps = sum)
                {
                    using PackedMatrix packed = PackedMatrix.Of(k, n, new Matrix(pb, n, 1));
                    Gemm.Multiply(m, new Matrix(pa, k, 1), packed, pc, threads, add);
                    Gemm.Multiply(m, n, k, new Matrix(pa, k, 1), new Matrix(pb, n, 1), ps, 1, add: true);
                }

                Assert.Equal(add ? sum : expected, c);
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 17, 3)]
    [InlineData(6, 16, 256)]
    [InlineData(13, 33, 257)]
    [InlineData(20, 40, 7)]
    [InlineData(100, 715, 64)]
    [InlineData(352, 64, 700)]
    public void Should_AddInOrderWithOneRounding_When_SizesAreOdd(int m, int n, int k)
    {
        float[] a = Values(m * k, "a");
        float[] b = Values(k * n, "b");
        foreach (bool aTransposed in (bool[])[false, true])
        {
            foreach (bool bTransposed in (bool[])[false, true])
            {
                float[] c = Multiply(m, n, k, a, aTransposed, b, bTransposed, 1);
                for (int i = 0; i < m; i += Math.Max(1, m / 9))
                {
                    for (int j = 0; j < n; j += Math.Max(1, n / 9))
                    {
                        float expected = 0;
                        for (int p = 0; p < k; p++)
                        {
                            expected = MathF.FusedMultiplyAdd(a[aTransposed ? (p * m) + i : (i * k) + p], b[bTransposed ? (j * k) + p : (p * n) + j], expected);
                        }

                        Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(c[(i * n) + j]));
                    }
                }
            }
        }
    }

    [Fact]
    public void Should_GiveTheSameBits_When_ThreadsDiffer()
    {
        float[] a = Values(403 * 300, "a");
        float[] b = Values(300 * 100, "b");
        Assert.Equal(Multiply(403, 100, 300, a, false, b, false, 1), Multiply(403, 100, 300, a, false, b, false, 3));
    }
}
