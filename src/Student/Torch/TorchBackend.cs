using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>Torch's operations, and kernels of this library on a GPU: what computes there and in half precision.</summary>
internal sealed class TorchBackend(ModelParts parts) : Backend
{
    private readonly double _epsilon = parts.Config.RmsNormEps;

    /// <inheritdoc />
    public override int LeastShards => 1;

    /// <inheritdoc />
    public override Tensor Embed(Tensor ids)
    {
        Limits.Ids(ids, parts.Embedding.shape[0]);
        return parts.Embedding.index_select(0, ids.view(-1)).view(ids.shape[0], ids.shape[1], -1);
    }

    /// <inheritdoc />
    public override void EmbedBackward(Tensor ids, Tensor gradient)
    {
        if (parts.Embedding.requires_grad)
        {
            // index_select adds gradients row by row in order; indexing with [] does not, and its sums differ between runs.
            using IDisposable grad = enable_grad();
            Embed(ids).backward([gradient]);
        }
    }

    /// <inheritdoc />
    public override Tensor Layer(int index, Tensor x)
    {
        using LayerTape tape = Record(index, x); // by the operations of the tape, so that its bits are the same
        using Tensor output = tape.Output;
        return output.detach();
    }

    /// <inheritdoc />
    public override LayerTape Record(int index, Tensor x) => new TorchLayerTape(parts.Layers[index], x, parts.Heads, parts.Rotary, _epsilon);

    /// <inheritdoc />
    public override Func<int, Tensor, Tensor> Cached(KeyValueCache cache, int length)
    {
        CachedAttention attention = new(parts, cache, length);
        return (index, x) =>
        {
            LayerWeights layer = parts.Layers[index];
            // [B, T, (H + 2 K) D]
            Tensor qkv = TorchLayers.Linear(layer, TorchLayers.RmsNorm(x, layer.Norm1, _epsilon), layer.Qkv, layer.QkvBias, LoraLayer.Qkv);
            Tensor middle = TorchLayers.Linear(layer, attention.Apply(index, qkv), layer.O, layer.OBias, LoraLayer.O, x); // [B, T, C]
            // [B, T, 2 I]
            Tensor both = TorchLayers.Linear(layer, TorchLayers.RmsNorm(middle, layer.Norm2, _epsilon), layer.GateUp, layer.GateUpBias, LoraLayer.GateUp);
            return TorchLayers.Linear(layer, TorchLayers.SwiGlu(both), layer.Down, layer.DownBias, LoraLayer.Down, middle);
        };
    }

    /// <inheritdoc />
    public override Tensor Normalize(Tensor x) => TorchLayers.RmsNorm(x, parts.Norm, _epsilon);

    /// <inheritdoc />
    public override Tensor Logits(Tensor hidden) => nn.functional.linear(hidden, parts.Head);

    /// <inheritdoc />
    public override Tensor Mean(Tensor states) => states.to(ScalarType.Float32).mean([1]).cpu();

    /// <inheritdoc />
    public override (double Loss, Tensor Gradient) Loss(Tensor x, Tensor positions, Tensor targets, int supervised, long mostLogits)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = x.view(-1, x.shape[^1]);
        Tensor leaf = rows.index_select(0, positions).requires_grad_(true); // [N, C]
        Tensor states;
        using (enable_grad())
        {
            states = Normalize(leaf);
        }

        (double loss, Tensor dStates) = ChunkedCrossEntropy.LossAndGradient(states.detach(), parts.Head, targets, supervised, mostLogits);
        states.backward([dStates]);
        return (loss, zeros_like(rows).index_copy_(0, positions, leaf.grad!).view(x.shape).MoveToOuterDisposeScope());
    }

    /// <inheritdoc />
    public override double LossSum(Tensor states, Tensor targets, long mostLogits) => ChunkedCrossEntropy.Sum(states, parts.Head, targets, mostLogits);

    /// <inheritdoc />
    public override void Accumulate(Tensor gradient, Tensor other) => gradient.AddInPlace(other);

    /// <inheritdoc />
    public override void Merge(Tensor weight, LoraPair pair)
    {
        using DisposeScope scope = NewDisposeScope();
        weight.copy_(weight.to(ScalarType.Float32).Plus(pair.B.mm(pair.A).Times(pair.Scale)));
    }
}
