using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Processor;
using NaturalThoughts.Student.Tests.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NaturalThoughts.Student.Tests.Processor;

/// <summary>Expected values and gradients come from the definition of the layer, written with torch's operations in float64.</summary>
public sealed class LayerPassTests
{
    /// <summary>The epsilon of the RMS norms.</summary>
    internal const double Epsilon = 1e-5;

    [Theory]
    [InlineData(1, 1, 1, 1, 2, 5, 3, false)]
    [InlineData(2, 5, 4, 2, 8, 16, 12, true)]
    [InlineData(1, 37, 6, 2, 12, 20, 33, false)]
    [InlineData(3, 73, 4, 4, 16, 64, 40, true)]
    [InlineData(2, 150, 3, 1, 20, 24, 17, false)]
    [InlineData(1, 129, 2, 1, 64, 32, 300, true)]
    public void Should_BeTheLayerAsDefined_When_SizesAreOdd(int batch, int length, int queries, int keys, int head, int width, int inner, bool biased)
    {
        using DisposeScope scope = NewDisposeScope();
        AttentionShape shape = new(queries, keys, head);
        using RotaryTable rotary = AttentionTests.Rotary(shape);
        KernelCheck.Same(
            v => Pass(v, shape).Forward(v[0], Whole(v[0], shape, rotary)),
            v => Differentiated(v, shape, rotary),
            v => Defined(v[0], Layer(v), shape, rotary),
            2e-4,
            [KernelCheck.Draws("x", 2, batch, length, width), .. ParametersOf(shape, width, inner, biased)]);
    }

    [Fact]
    public void Should_GiveTheSameBits_When_ThreadsDiffer()
    {
        using DisposeScope scope = NewDisposeScope();
        AttentionShape shape = new(4, 2, 16);
        using RotaryTable rotary = AttentionTests.Rotary(shape);
        int threads = get_num_threads();
        float[] Run(int count)
        {
            set_num_threads(count);
            Tensor[] inputs =
                [.. new[] { KernelCheck.Draws("x", 2, 5, 61, 48) }.Concat(ParametersOf(shape, 48, 72, true)).Select(tensor => tensor.requires_grad_(true))];
            (float[] values, float[][] gradients) = Differentiated(inputs, shape, rotary);
            return [.. values, .. gradients.SelectMany(gradient => gradient)];
        }

        try
        {
            float[] one = Run(1);
            Assert.Equal(one, Run(2));
            Assert.Equal(one, Run(3));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>RMSNorm as defined.</summary>
    internal static Tensor Normalised(Tensor x, Tensor weight) => x * x.square().mean([-1], true).add(Epsilon).rsqrt() * weight;

    private static Tensor[] ParametersOf(AttentionShape shape, int width, int inner, bool biased)
    {
        Tensor Matrix(string name, int outer, int columns) => KernelCheck.Draws(name, 1 / Math.Sqrt(columns), outer, columns);
        Tensor[] matrices =
        [
            Matrix("qkv", shape.Row, width),
            Matrix("o", width, shape.Mixed),
            Matrix("gateUp", 2 * inner, width),
            Matrix("down", width, inner),
        ];
        Tensor[] norms = [KernelCheck.Draws("norm1", 1, width), KernelCheck.Draws("norm2", 1, width)];
        return [.. norms, .. matrices, .. biased ? matrices.Select((matrix, i) => KernelCheck.Draws($"bias{i}", 1, matrix.shape[0])) : []];
    }

    private static (float[] Values, float[][] Gradients) Differentiated(Tensor[] v, AttentionShape shape, RotaryTable rotary)
    {
        foreach (Tensor parameter in v[1..])
        {
            parameter.grad = ones_like(parameter); // is added to
        }

        using ProcessorLayerTape tape = new(Pass(v, shape), Whole(v[0], shape, rotary), v[0]);
        Tensor dx = tape.Backward(KernelCheck.Gradient(v[0].shape));
        return (TestModels.Values(tape.Output), [TestModels.Values(dx), .. v[1..].Select(parameter => TestModels.Values(parameter.grad! - 1))]);
    }

    private static LayerPass Pass(Tensor[] v, AttentionShape shape) => new(Layer(v), shape, (float)Epsilon, (int)(v[0].shape[0] * v[0].shape[1]));

    private static WholeRows Whole(Tensor x, AttentionShape shape, RotaryTable rotary) => new(shape, rotary, (int)x.shape[0], (int)x.shape[1]);

    // x, then what ParametersOf returns.
    private static LayerWeights Layer(Tensor[] v)
    {
        Tensor? Bias(int i) => v.Length > 7 ? v[7 + i] : null;
        return new LayerWeights(v[1], v[3], Bias(0), v[4], Bias(1), v[2], v[5], Bias(2), v[6], Bias(3));
    }

    private static Tensor Defined(Tensor x, LayerWeights layer, AttentionShape shape, RotaryTable rotary)
    {
        Tensor qkv = linear(Normalised(x, layer.Norm1), layer.Qkv, layer.QkvBias);
        Tensor middle = x + linear(AttentionTests.Defined(qkv, shape, rotary), layer.O, layer.OBias);
        Tensor both = linear(Normalised(middle, layer.Norm2), layer.GateUp, layer.GateUpBias);
        long inner = both.shape[^1] / 2;
        return middle + linear(silu(both.narrow(-1, 0, inner)) * both.narrow(-1, inner, inner), layer.Down, layer.DownBias);
    }
}
