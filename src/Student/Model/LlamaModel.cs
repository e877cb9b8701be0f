using NaturalThoughts.Checkpoints;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Lora;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NaturalThoughts.Student.Model;

/// <summary>
/// A Llama-shaped transformer (arXiv 2302.13971; grouped-query attention arXiv 2305.13245): RMSNorm, rotary positions, SwiGLU. Letters in
/// shapes: B rows, T positions, C width, H query heads, K key and value heads, D head width, V vocabulary.
/// </summary>
public sealed class LlamaModel : IDisposable
{
    private readonly LayerWeights[] _layers;
    private readonly RotaryTable _rotary;
    private readonly double _scale;

    /// <param name="weights">The parameters; disposed with the model.</param>
    public LlamaModel(LlamaWeights weights)
    {
        Weights = weights;
        _scale = 1 / Math.Sqrt(Config.HeadDim);
        _rotary = new RotaryTable(Config, Config.MaxPositionEmbeddings, weights.Placement);
        _layers = [.. Enumerable.Range(0, Config.NumHiddenLayers).Select(i => new LayerWeights(weights, FormattableString.Invariant($"model.layers.{i}.")))];
    }

    /// <summary>The parameters.</summary>
    public LlamaWeights Weights { get; }

    /// <summary>The low-rank adapters; null where there are none.</summary>
    public LoraAdapter? Adapter { get; private set; }

    /// <summary>What a training changes: the adapters where there are some, else the weights.</summary>
    public IFlatParameters Trained => (IFlatParameters?)Adapter ?? Weights;

    /// <summary>The shape.</summary>
    public ModelConfig Config => Weights.Config;

    /// <summary>The output matrix, [V, C]: the embedding where the two are tied.</summary>
    public Tensor Head => Config.TieWordEmbeddings ? Weights["embed"] : Weights["head"];

    /// <summary>
    /// Hidden states after the final norm. Rows are padded on the right, positions count from 0, attention is causal: pads follow all real
    /// tokens, so that no mask is needed; what stands at pads means nothing.
    /// </summary>
    /// <param name="ids">[B, T] int64.</param>
    /// <param name="states">Is told the states before each layer and after the final norm; null for nobody.</param>
    /// <returns>[B, T, C] of the weights' type.</returns>
    public Tensor Forward(Tensor ids, Action<Tensor>? states = null)
    {
        Tensor x = Embed(ids); // [B, T, C]
        for (int i = 0; i < _layers.Length; i++)
        {
            states?.Invoke(x);
            x = Layer(i, x);
        }

        x = Finish(x);
        states?.Invoke(x);
        return x;
    }

    /// <summary>The embeddings of ids, [B, T] to [B, T, C]: what the first layer gets.</summary>
    // index_select adds gradients row by row in order; indexing with [] does not, and its sums differ between runs.
    internal Tensor Embed(Tensor ids) => Weights["embed"].index_select(0, ids.view(-1)).view(ids.shape[0], ids.shape[1], -1);

    /// <summary>One layer over whole rows, causal: [B, T, C] to [B, T, C]. What it needs only on the way is let go of, unless a gradient needs it.</summary>
    internal Tensor Layer(int index, Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        LayerWeights layer = _layers[index];
        (long rows, long length) = (x.shape[0], x.shape[1]);
        Tensor cos = _rotary.Cos.narrow(0, 0, length).view(1, 1, length, -1);
        Tensor sin = _rotary.SignedSin.narrow(0, 0, length).view(1, 1, length, -1);
        (Tensor q, Tensor k, Tensor v) = Heads(layer, x, rows, length, cos, sin);
        Tensor mixed = scaled_dot_product_attention(q, Repeat(k), Repeat(v), is_casual: true); // [B, H, T, D]
        return MixAndFeed(layer, x, mixed.transpose(1, 2).reshape(rows, length, -1)).MoveToOuterDisposeScope();
    }

    /// <summary>The final norm, [B, T, C] to [B, T, C].</summary>
    internal Tensor Finish(Tensor x) => Normalize(x, Weights["norm"]);

    /// <summary>One step with a cache: the new positions attend to all cached ones that the mask allows, and to themselves causally.</summary>
    /// <param name="ids">[B, T] int64: the prompts, left-padded, or one new token a row.</param>
    /// <param name="positions">[B, T] int64: the position of each token in its own row; pads 0.</param>
    /// <param name="mask">[B, 1, T, S] of the weights' type, 0 or minus infinity: S cached positions, the new ones included.</param>
    /// <param name="cache">Is extended by T positions.</param>
    /// <returns>[B, C]: the hidden state of the last position after the final norm.</returns>
    internal Tensor Step(Tensor ids, Tensor positions, Tensor mask, KeyValueCache cache)
    {
        long rows = ids.shape[0];
        long length = ids.shape[1];
        Tensor at = positions.view(-1);
        Tensor cos = _rotary.Cos.index_select(0, at).view(rows, 1, length, -1);
        Tensor sin = _rotary.SignedSin.index_select(0, at).view(rows, 1, length, -1);
        long group = Config.NumAttentionHeads / Config.NumKeyValueHeads;
        Tensor x = Embed(ids);
        for (int i = 0; i < _layers.Length; i++)
        {
            (Tensor q, Tensor k, Tensor v) = Heads(_layers[i], x, rows, length, cos, sin);
            (Tensor keys, Tensor values) = cache.Append(i, k, v); // [B, K, S, D]
            Tensor grouped = q.reshape(rows, Config.NumKeyValueHeads, group * length, -1);
            Tensor scores = matmul(grouped, keys.transpose(-1, -2)).mul_(_scale); // [B, K, G T, S]
            scores = scores.view(rows, -1, length, scores.shape[^1]).add_(mask);
            Tensor weights = softmax(scores, -1).view(rows, Config.NumKeyValueHeads, group * length, -1);
            Tensor mixed = matmul(weights, values).view(rows, Config.NumAttentionHeads, length, -1); // [B, H, T, D]
            x = MixAndFeed(_layers[i], x, mixed.transpose(1, 2).reshape(rows, length, -1));
        }

        cache.Advance(length);
        return Normalize(x.select(1, length - 1), Weights["norm"]);
    }

    /// <summary>Logits of hidden states: [..., C] to [..., V].</summary>
    public Tensor Logits(Tensor hidden) => Logits(hidden, Head);

    /// <summary>Logits by a matrix that stands for <see cref="Head"/>.</summary>
    internal static Tensor Logits(Tensor hidden, Tensor head) => LinearProduct.Apply(hidden, head);

    /// <summary>Takes adapters, which are disposed with the model, and freezes the weights.</summary>
    public void Adapt(LoraAdapter adapter)
    {
        Adapter = adapter;
        Weights.Freeze();
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = _layers[i] with { Lora = adapter.Layer(i) };
        }
    }

    /// <summary>Adds the adapters to the weights and lets go of them.</summary>
    public void Merge()
    {
        Adapter!.MergeInto(Weights);
        Adapter.Dispose();
        Adapter = null;
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = _layers[i] with { Lora = null };
        }
    }

    /// <summary>The same parameters with gradients of their own, for a second thread; to be disposed before this.</summary>
    internal LlamaModel Share()
    {
        LlamaModel copy = new(Weights.Share());
        if (Adapter is not null)
        {
            copy.Adapt(Adapter.Share());
        }

        return copy;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rotary.Dispose();
        Adapter?.Dispose();
        Weights.Dispose();
    }

    private (Tensor Q, Tensor K, Tensor V) Heads(LayerWeights layer, Tensor x, long rows, long length, Tensor cos, Tensor sin)
    {
        int queries = Config.NumAttentionHeads;
        int keys = Config.NumKeyValueHeads;
        Tensor all = layer.Apply(Normalize(x, layer.Norm1), layer.Qkv, layer.QkvBias, LoraLayer.Qkv).view(rows, length, queries + (2 * keys), -1).transpose(1, 2);
        Tensor rotated = RotaryTable.Rotate(all.narrow(1, 0, queries + keys), cos, sin);
        return (rotated.narrow(1, 0, queries), rotated.narrow(1, queries, keys), all.narrow(1, queries + keys, keys));
    }

    private Tensor MixAndFeed(LayerWeights layer, Tensor x, Tensor mixed)
    {
        x = x + layer.Apply(mixed, layer.O, layer.OBias, LoraLayer.O); // [B, T, C]
        Tensor both = layer.Apply(Normalize(x, layer.Norm2), layer.GateUp, layer.GateUpBias, LoraLayer.GateUp);
        int inner = Config.IntermediateSize;
        return x + layer.Apply(silu(both.narrow(-1, 0, inner)) * both.narrow(-1, inner, inner), layer.Down, layer.DownBias, LoraLayer.Down);
    }

    // The mean of squares and the scaling are in float32 whatever the type of the model, as in Transformers.
    private Tensor Normalize(Tensor x, Tensor weight)
    {
        Tensor wide = x.to(ScalarType.Float32);
        return (wide * wide.square().mean([-1], true).add_(Config.RmsNormEps).rsqrt_()).to(x.dtype) * weight;
    }

    private Tensor Repeat(Tensor heads)
    {
        int times = Config.NumAttentionHeads / Config.NumKeyValueHeads;
        return times == 1 ? heads : heads.repeat_interleave(times, 1);
    }

    private sealed record LayerWeights(
        Tensor Norm1, Tensor Qkv, Tensor? QkvBias, Tensor O, Tensor? OBias, Tensor Norm2, Tensor GateUp, Tensor? GateUpBias, Tensor Down, Tensor? DownBias)
    {
        public LayerWeights(LlamaWeights weights, string name)
            : this(
                weights[name + "norm1"],
                weights[name + "qkv"],
                weights.Find(name + "qkv_bias"),
                weights[name + "o"],
                weights.Find(name + "o_bias"),
                weights[name + "norm2"],
                weights[name + "gate_up"],
                weights.Find(name + "gate_up_bias"),
                weights[name + "down"],
                weights.Find(name + "down_bias"))
        {
        }

        public LoraLayer? Lora { get; init; }

        public Tensor Apply(Tensor x, Tensor weight, Tensor? bias, string[] modules)
        {
            Tensor y = LinearProduct.Apply(x, weight, bias);
            return Lora is null ? y : Lora.Add(y, x, modules);
        }
    }
}
