using System.Runtime.Intrinsics;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Processor;
using TorchSharp;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Kernels;

/// <summary>Expected values and gradients are torch's, in float64; tolerances are some ulp of the largest element.</summary>
public sealed unsafe class ProcessorKernelTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(5, 8)]
    [InlineData(67, 21)]
    [InlineData(300, 64)]
    public void Should_GateAsTorch_When_SizesAreOdd(int rows, int inner)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor Gate(Tensor x)
        {
            Tensor y = empty(rows, inner);
            SwiGlu.Rows(Floats(x), rows, inner, Floats(y));
            return y;
        }

        KernelCheck.Same(
            x => Gate(x[0]),
            x =>
            {
                Tensor both = x[0].detach().clone(), again = empty(rows, inner);
                SwiGlu.BackwardRows(Floats(both), Floats(KernelCheck.Gradient([rows, inner])), rows, inner, Floats(again));
                return (TestModels.Values(again), [TestModels.Values(both)]);
            },
            x => nn.functional.silu(x[0].narrow(-1, 0, inner)) * x[0].narrow(-1, inner, inner),
            2e-5,
            KernelCheck.Draws("gate", 6, rows, 2 * inner));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(14, 8)]
    [InlineData(633, 20)]
    public void Should_NormaliseAsTorch_When_SizesAreOdd(int rows, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor Norm(Tensor x, Tensor w)
        {
            Tensor y = empty(rows, width);
            RmsNorm.Rows(Floats(x), rows, width, Floats(w), 1e-6f, Floats(y), null);
            return y;
        }

        KernelCheck.Same(
            v => Norm(v[0], v[1]),
            v =>
            {
                Tensor y = empty(rows, width), again = empty(rows, width), scales = empty(rows), dx = empty(rows, width), dw = zeros(width);
                RmsNorm.Rows(Floats(v[0]), rows, width, Floats(v[1]), 1e-6f, Floats(y), Floats(scales));
                NormedRows normed = new(Floats(v[0]), rows, width, Floats(v[1]), Floats(scales));
                RmsNorm.BackwardRows(normed, null, Floats(KernelCheck.Gradient([rows, width])), Floats(again), Floats(dx), Floats(dw));
                Assert.Equal(TestModels.Values(y), TestModels.Values(again));
                return (TestModels.Values(y), [TestModels.Values(dx), TestModels.Values(dw)]);
            },
            v => v[0] * v[0].square().mean([-1], true).add(1e-6).rsqrt() * v[1],
            6e-5,
            KernelCheck.Draws("norm", 2, rows, width),
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

    /// <summary>From a packed copy and without one: the chain of an element begins with residual and bias.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Should_HaveTheSameBits_When_AProductIsPackedOrNot(bool biased, bool residual)
    {
        using DisposeScope scope = NewDisposeScope();
        const int Rows = 33, Inner = 21, Outer = 37;
        Tensor bias = KernelCheck.Draws("bias", 1, Outer), stream = KernelCheck.Draws("residual", 1, Rows, Outer);
        Tensor x = KernelCheck.Draws("x", 1, Rows, Inner), weight = KernelCheck.Draws("w", 1, Outer, Inner);
        float[] Product(int rows)
        {
            using MatrixProduct product = MatrixProduct.Transposed(weight, null, inBlocks: rows > Threads.Block);
            Tensor y = empty(Rows, Outer);
            product.Apply(Floats(x), Rows, residual ? Floats(stream) : null, biased ? Floats(bias) : null, Floats(y));
            return TestModels.Values(y);
        }

        float[] values = Product(1);
        Assert.Equal(values, Product(1000));
        Tensor expected = nn.functional.linear(x, weight);
        KernelCheck.Close(TestModels.Values((biased ? expected + bias : expected) + (residual ? stream : 0)), values, 3e-5);
    }

    [Fact]
    public void Should_StepAsTorch_When_MomentsAreThere()
    {
        using DisposeScope scope = NewDisposeScope();
        const long N = 40_003;
        Tensor[] state = [KernelCheck.Draws("w", 1, N), KernelCheck.Draws("g", 1, N), KernelCheck.Draws("m", 1, N), KernelCheck.Draws("v", 1, N).abs_()];
        Tensor[] wide = [.. state.Select(tensor => tensor.to(ScalarType.Float64))];
        new ProcessorUpdate().Step(new OptimizerState(state[0], state[2], state[3], null, state[1]), new AdamWStep(0.01, 0.1, 0.9, 0.98, 1e-8, 1.7, 0.03), 1);
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

    [Fact]
    public void Should_BeNearMath_When_FunctionsAreOfOneNumber()
    {
        SeededRandom random = SeededRandom.From("functions");
        for (int i = 0; i < 20_000; i++)
        {
            double x = ((random.NextDouble() * 2) - 1) * 700;
            Near(Math.Exp(x), ScalarMath.Exp(x));
            Near(Math.Log(Math.Exp(x)), ScalarMath.Log(Math.Exp(x)));
            double angle = random.NextDouble() * (i % 2 == 0 ? 10 : 1_500_000);
            (double sine, double cosine) = ScalarMath.SineAndCosine(angle);
            Assert.InRange(sine - Math.Sin(angle), -2e-15, 2e-15);
            Assert.InRange(cosine - Math.Cos(angle), -2e-15, 2e-15);
            double y = (random.NextDouble() * 4) - 2;
            Assert.InRange((ScalarMath.Pow(500_000, y) / Math.Pow(500_000, y)) - 1, -1e-14, 1e-14);
        }

        Assert.Equal([0, 1, double.PositiveInfinity, 0], new[] { -800, 0, 800, double.NegativeInfinity }.Select(x => ScalarMath.Exp(x)));
        Assert.Equal([0, double.NegativeInfinity, double.PositiveInfinity], new[] { 1, 0, double.PositiveInfinity }.Select(ScalarMath.Log));
        Assert.All([ScalarMath.Log(-1), ScalarMath.Log(double.NaN), ScalarMath.Exp(double.NaN)], value => Assert.True(double.IsNaN(value)));
        Near(Math.Log(double.Epsilon), ScalarMath.Log(double.Epsilon));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScalarMath.SineAndCosine(2e6));

        Vector256<double> four = ScalarMath.Exp(Vector256.Create(-709, 708.5, double.NaN, -1.25));
        Assert.Equal([0, ScalarMath.Exp(708.5), double.NaN, ScalarMath.Exp(-1.25)], new[] { four[0], four[1], four[2], four[3] });

        static void Near(double expected, double actual) => Assert.InRange(actual - expected, -5e-16 * Math.Abs(expected), 5e-16 * Math.Abs(expected));
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
