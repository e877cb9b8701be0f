using NaturalThoughts.Checkpoints;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Kernels;

/// <summary>Expected values and gradients come from the definition, written with torch's operations in float64.</summary>
public sealed class AttentionTests
{
    /// <summary>Of 256 positions.</summary>
    internal static RotaryTable Rotary(AttentionShape shape) => new(
        new ModelConfig
        {
            HiddenSize = shape.Mixed,
            IntermediateSize = 8,
            NumHiddenLayers = 1,
            NumAttentionHeads = shape.Queries,
            NumKeyValueHeads = shape.Keys,
            HeadDim = shape.Width,
            VocabSize = 8,
        },
        256,
        Placement.Processor);

    /// <summary>softmax(q k / sqrt D, causal) v, heads repeated.</summary>
    internal static Tensor Defined(Tensor qkv, AttentionShape shape, RotaryTable rotary)
    {
        (long batch, long length) = (qkv.shape[0], qkv.shape[1]);
        Tensor cos = rotary.Cos.narrow(0, 0, length).to(qkv.dtype);
        Tensor sin = rotary.SignedSin.narrow(0, 0, length).to(qkv.dtype);
        Tensor all = qkv.view(batch, length, -1, shape.Width).transpose(1, 2);
        Tensor Turn(Tensor x) => (x * cos) + (x.roll(shape.Width / 2, -1) * sin);
        Tensor q = Turn(all.narrow(1, 0, shape.Queries));
        Tensor k = Turn(all.narrow(1, shape.Queries, shape.Keys)).repeat_interleave(shape.Group, 1);
        Tensor v = all.narrow(1, shape.Queries + shape.Keys, shape.Keys).repeat_interleave(shape.Group, 1);
        Tensor scores = (matmul(q, k.transpose(-1, -2)) / Math.Sqrt(shape.Width)) + full([length, length], double.NegativeInfinity, dtype: qkv.dtype).triu(1);
        return matmul(scores.softmax(-1), v).transpose(1, 2).reshape(batch, length, -1);
    }

    [Theory]
    [InlineData(4, 2, 8)]
    [InlineData(3, 1, 12)]
    [InlineData(2, 2, 16)]
    public void Should_MixAsDefined_When_StepsAreCachedAndRowsPadded(int queries, int keys, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        AttentionShape shape = new(queries, keys, width);
        using LlamaWeights weights = new(TestModels.SmallConfig with { NumAttentionHeads = queries, NumKeyValueHeads = keys, HeadDim = width });
        using RotaryTable rotary = Rotary(shape);
        int[] padding = [0, 3, 9];
        using KeyValueCache cache = new(weights, padding, 24);
        Tensor qkv = KernelCheck.Draws("qkv", 2, 3, 24, shape.Row);
        using IDisposable grad = no_grad();
        Assert.NotEqual(Numerics.IsPortable, Fused.Takes(qkv));

        // Ten positions at once, then one by one.
        for (int at = 0; at < 24;)
        {
            int added = at == 0 ? 10 : 1;
            Tensor mixed = new CachedAttention(shape, rotary, cache, added).Apply(0, qkv.narrow(1, at, added).contiguous());
            cache.Advance(added);
            at += added;
            for (int row = 0; row < 3; row++)
            {
                int first = Math.Max(padding[row], at - added);
                Tensor whole = Defined(qkv.narrow(0, row, 1).narrow(1, padding[row], at - padding[row]).to(ScalarType.Float64), shape, rotary);
                KernelCheck.Close(
                    TestModels.Values(whole.narrow(1, first - padding[row], at - first).to(ScalarType.Float32)),
                    TestModels.Values(mixed.narrow(0, row, 1).narrow(1, first - at + added, at - first)),
                    2e-5);
            }

            Assert.True(mixed.isfinite().all().item<bool>(), "pads too");
        }
    }
}
