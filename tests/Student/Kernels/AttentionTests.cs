using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Processor;
using NaturalThoughts.Student.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Kernels;

/// <summary>Expected values and gradients come from the definition, written with torch's operations in float64.</summary>
public sealed class AttentionTests
{
    /// <summary>Of 256 positions.</summary>
    internal static RotaryTable Rotary(AttentionShape shape, Placement? placement = null) => new(
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
        placement ?? Placement.Processor);

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
        Compare(new AttentionShape(queries, keys, width), Placement.Processor, 2e-5);
    }

    [Theory]
    [InlineData(4, 2, 8)]
    [InlineData(3, 1, 12)]
    public void Should_MixNearly_When_StepsAreCachedInBf16(int queries, int keys, int width) =>
        Compare(new AttentionShape(queries, keys, width), Placement.Of("cpu", "bf16"), 2e-2);

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(4, 2, 8, "float32", 2e-5)]
    [InlineData(2, 1, 24, "float32", 2e-5)]
    [InlineData(4, 2, 64, "float32", 2e-5)]
    [InlineData(3, 1, 12, "bf16", 2e-2)]
    [InlineData(8, 2, 64, "bf16", 2e-2)]
    [InlineData(32, 8, 128, "bf16", 2e-2)]
    public void Should_MixAsDefined_When_StepsAreCachedOnAGpu(int queries, int keys, int width, string precision, double tolerance) =>
        Compare(new AttentionShape(queries, keys, width), Placement.Of("cuda", precision), tolerance);

    private static void Compare(AttentionShape shape, Placement placement, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        ModelConfig config = TestModels.SmallConfig with { NumAttentionHeads = shape.Queries, NumKeyValueHeads = shape.Keys, HeadDim = shape.Width };
        using LlamaWeights weights = new(config, placement);
        using RotaryTable rotary = Rotary(shape, placement);
        using RotaryTable exact = Rotary(shape);
        int[] padding = [0, 3, 9];
        using KeyValueCache cache = new(weights, padding, 24);
        Tensor qkv = KernelCheck.Draws("qkv", 2, 3, 24, shape.Row).to(placement.Type);
        Tensor placed = qkv.to(placement.Device);
        using IDisposable grad = no_grad();

        // Ten positions at once, then one by one; later without a row.
        for (int at = 0; at < 24;)
        {
            int added = at == 0 ? 10 : 1;
            if (at == 17)
            {
                cache.Keep([2, 0]);
                padding = cache.Padding;
                (qkv, placed) = (qkv.index_select(0, tensor([2L, 0])), placed.index_select(0, tensor([2L, 0], device: placement.Device)));
            }

            Tensor mixed = Mix(new ModelParts(weights, [], rotary), cache, added, placed.narrow(1, at, added).contiguous());
            cache.Advance(added);
            at += added;
            for (int row = 0; row < padding.Length; row++)
            {
                int first = Math.Max(padding[row], at - added);
                Tensor whole = Defined(qkv.narrow(0, row, 1).narrow(1, padding[row], at - padding[row]).to(ScalarType.Float64), shape, exact);
                KernelCheck.Close(
                    TestModels.Values(whole.narrow(1, first - padding[row], at - first).to(ScalarType.Float32)),
                    TestModels.Values(mixed.narrow(0, row, 1).narrow(1, first - at + added, at - first)),
                    tolerance);
            }

            Assert.True(mixed.isfinite().all().item<bool>(), "pads too");
        }
    }

    private static Tensor Mix(ModelParts parts, KeyValueCache cache, int added, Tensor qkv)
    {
        if (!ProcessorBackend.Takes(parts.Weights.Placement))
        {
            return new CachedAttention(parts, cache, added).Apply(0, qkv);
        }

        Tensor mixed = empty(qkv.shape[0], added, parts.Heads.Mixed), sums = empty(qkv.shape[0] * added * parts.Heads.Queries);
        new CachedRows(parts.Heads, parts.Rotary, cache, 0, added).Forward(qkv, mixed, sums);
        return mixed;
    }
}
