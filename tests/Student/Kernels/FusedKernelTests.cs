using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Kernels;

/// <summary>Expected values and gradients are torch's, in float64; tolerances are some ulp of the largest element.</summary>
public sealed unsafe class FusedKernelTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(5, 8)]
    [InlineData(67, 21)]
    [InlineData(300, 64)]
    public void Should_GateAsTorch_When_SizesAreOdd(int rows, int inner)
    {
        using DisposeScope scope = NewDisposeScope();
        KernelCheck.Same(
            x => SwiGlu.Apply(x[0]),
            x => nn.functional.silu(x[0].narrow(-1, 0, inner)) * x[0].narrow(-1, inner, inner),
            2e-5,
            KernelCheck.Draws("gate", 6, rows, 2 * inner));
    }

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(2, 7, 8)]
    [InlineData(3, 211, 20)]
    public void Should_NormaliseAsTorch_When_SizesAreOdd(int batch, int length, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        static Tensor Norm(Tensor x, Tensor w) => x * x.square().mean([-1], true).add(1e-6).rsqrt() * w;
        KernelCheck.Same(
            v => RmsNorm.Apply(v[0], v[1], 1e-6),
            v => Norm(v[0], v[1]),
            3e-5,
            KernelCheck.Draws("norm", 2, batch, length, width),
            KernelCheck.Draws("weight", 1, width));
    }

    [Fact]
    public void Should_AddRowsUp_When_AnIdStandsTwice()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor ids = tensor((long[])[3, 0, 3, 6, 3, 1], [2, 3]);
        KernelCheck.Same(
            x => RowLookup.Apply(x[0], ids),
            x =>
            {
                x[0].grad = zeros_like(x[0]);
                using IDisposable grad = no_grad();
                Tensor y = RowLookup.Apply(x[0], ids);
                RowLookup.AddGradient(x[0], ids, KernelCheck.Gradient(y.shape));
                return (TestModels.Values(y), [TestModels.Values(x[0].grad!)]);
            },
            x => x[0].index_select(0, ids.view(-1)).view(2, 3, -1),
            1e-6,
            KernelCheck.Draws("table", 1, 7, 13));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_AddTheStreamAsTorch_When_AProductHasAResidual(bool biased)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor bias = KernelCheck.Draws("bias", 1, 37);
        KernelCheck.Same(
            v => LinearProduct.Apply(v[0], v[1], biased ? bias : null, v[2]),
            v => v[2] + nn.functional.linear(v[0], v[1], biased ? bias.to(ScalarType.Float64) : null),
            3e-5,
            KernelCheck.Draws("x", 1, 3, 11, 21),
            KernelCheck.Draws("w", 1, 37, 21),
            KernelCheck.Draws("residual", 1, 3, 11, 37));
    }

    [Fact]
    public void Should_StepAsTorch_When_MomentsAreThere()
    {
        using DisposeScope scope = NewDisposeScope();
        const long N = 40_003;
        TrainingOptions options = TestModels.Options() with { Beta2 = 0.98 };
        Tensor[] state = [KernelCheck.Draws("w", 1, N), KernelCheck.Draws("g", 1, N), KernelCheck.Draws("m", 1, N), KernelCheck.Draws("v", 1, N).abs_()];
        Tensor[] wide = [.. state.Select(tensor => tensor.to(ScalarType.Float64))];
        AdamW.Apply(state[0], state[1], state[2], state[3], options, 0.01, 1.7, 0.03);
        Tensor first = (wide[2] * 0.9) + (wide[1] * 0.1);
        Tensor second = (wide[3] * 0.98) + (wide[1].square() * 0.02);
        Tensor weights = (wide[0] * (1 - (0.01 * 0.1))) - (0.03 * first / ((second.sqrt() * 1.7) + 1e-8));
        KernelCheck.Close(TestModels.Values(first), TestModels.Values(state[2]), 1e-6);
        KernelCheck.Close(TestModels.Values(second), TestModels.Values(state[3]), 1e-6);
        KernelCheck.Close(TestModels.Values(weights), TestModels.Values(state[0]), 1e-6);
    }

    [Fact]
    public void Should_ExponentiateWithinTwoUlp_When_InRange()
    {
        for (int i = -8700; i <= 8800; i++)
        {
            float x = i / 100f;
            double expected = Math.Exp(x);
            Assert.InRange((VectorMath.Exp(x) - expected) / expected, -2.4e-7, 2.4e-7);
        }

        Assert.True(float.IsNaN(VectorMath.Exp(float.NaN)));
        Assert.InRange(VectorMath.Exp(float.NegativeInfinity), 0, 2e-38f);
    }

    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(13, 9, 16)]
    [InlineData(40, 17, 23)]
    public void Should_Transpose_When_SizesAreOdd(int rows, int columns, int extra)
    {
        int room = rows + extra;
        float[] from = [.. Enumerable.Range(1, rows * columns).Select(i => (float)i)];
        float[] to = [.. Enumerable.Repeat(float.NaN, columns * room)];
        fixed (float* a = from, b = to)
        {
            Transposition.Copy(rows, columns, a, columns, b, room);
        }

        for (int x = 0; x < columns; x++)
        {
            for (int r = 0; r < room; r++)
            {
                Assert.Equal(r < rows ? from[(r * columns) + x] : 0, to[(x * room) + r]);
            }
        }
    }
}
