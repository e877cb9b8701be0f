using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Lora;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>
/// A Llama-shaped transformer (arXiv 2302.13971; grouped-query attention arXiv 2305.13245): RMSNorm, rotary positions, SwiGLU. Letters in
/// shapes: B rows, T positions, C width, H query heads, K key and value heads, D head width, V vocabulary.
/// </summary>
public sealed class LlamaModel : IDisposable
{
    private readonly LayerWeights[] _layers;
    private readonly RotaryTable _rotary;
    private readonly AttentionShape _shape;

    /// <param name="weights">The parameters; disposed with the model.</param>
    public LlamaModel(LlamaWeights weights)
    {
        Weights = weights;
        _shape = new AttentionShape(Config.NumAttentionHeads, Config.NumKeyValueHeads, Config.HeadDim);
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

    /// <summary>The weight of the final norm, [C].</summary>
    internal Tensor Norm => Weights["norm"];

    /// <summary>The output matrix, [V, C]: the embedding where the two are tied.</summary>
    public Tensor Head => Config.TieWordEmbeddings ? Weights["embed"] : Weights["head"];

    /// <summary>
    /// Hidden states after the final norm. Rows are padded on the right, positions count from 0, attention is causal: pads follow all real
    /// tokens, so that no mask is needed; what stands at pads means nothing.
    /// </summary>
    /// <param name="ids">[B, T] int64.</param>
    /// <param name="states">Is told the states before each layer and after the final norm, in this order; null for nobody.</param>
    /// <returns>[B, T, C] of the weights' type.</returns>
    /// <exception cref="UserErrorException">An id is not in the vocabulary, or a row has more tokens than the model has positions.</exception>
    public Tensor Forward(Tensor ids, Action<Tensor>? states = null)
    {
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> told = [];
        Tensor x = Finish(Stream(ids, states is null ? null : told.Add));
        foreach (Tensor state in told)
        {
            states!(state.MoveToOuterDisposeScope());
        }

        states?.Invoke(x);
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>What the final norm gets; as <see cref="Forward"/> otherwise.</summary>
    internal Tensor Stream(Tensor ids, Action<Tensor>? states = null)
    {
        Tensor x = Embed(ids); // [B, T, C]
        for (int i = 0; i < _layers.Length; i++)
        {
            states?.Invoke(x);
            x = Layer(i, x);
        }

        return x;
    }

    /// <summary>The embeddings of ids, [B, T] to [B, T, C]: what the first layer gets.</summary>
    /// <exception cref="UserErrorException">An id is not in the vocabulary, or a row has more tokens than the model has positions.</exception>
    internal Tensor Embed(Tensor ids)
    {
        Limits.Require(ids.dim() == 2, nameof(ids));
        Limits.Length(ids.shape[1], _rotary.Length);
        return RowLookup.Apply(Weights["embed"], ids);
    }

    /// <summary>One layer over whole rows, causal: [B, T, C] to [B, T, C]. What it needs only on the way is let go of, unless a gradient needs it.</summary>
    internal Tensor Layer(int index, Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        LayerWeights layer = _layers[index];
        Tensor y = DecoderLayer.Takes(x, layer)
            ? DecoderLayer.Apply(x, layer, _shape, _rotary, Config.RmsNormEps)
            : MixAndFeed(layer, x, CausalAttention.Apply(Project(layer, x), _shape, _rotary));
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>Who computes the gradients of layers as these are.</summary>
    internal LayerGradients Gradients =>
        Fused.OfTorch(Weights.Flat) ? LayerGradients.Written
        : Fused.Takes(Weights.Flat) && Adapter is null ? LayerGradients.Fused
        : LayerGradients.Autograd;

    /// <summary>One layer over whole rows, with what its backward pass needs.</summary>
    /// <param name="index">Of the layer.</param>
    /// <param name="x">[B, T, C].</param>
    /// <param name="by">Who computes its gradient; <see cref="Gradients"/>, or another for a test.</param>
    internal LayerTape Record(int index, Tensor x, LayerGradients by) => by switch
    {
        LayerGradients.Fused => new FusedLayerTape(_layers[index], x, _shape, _rotary, Config.RmsNormEps),
        LayerGradients.Written => new TorchLayerTape(_layers[index], x, _shape, _rotary, Config.RmsNormEps),
        _ => new AutogradLayerTape(input => Layer(index, input), x),
    };

    /// <summary>Adds the gradient of what <see cref="Embed"/> returned, [B, T, C], to that of the embedding, where it wants one; as <see cref="Record"/> otherwise.</summary>
    internal void EmbedBackward(Tensor ids, Tensor gradient, LayerGradients by)
    {
        Tensor table = Weights["embed"];
        if (table.requires_grad && by == LayerGradients.Fused)
        {
            RowLookup.AddGradient(table, ids, gradient);
        }
        else if (table.requires_grad)
        {
            Embed(ids).backward([gradient]);
        }
    }

    /// <summary>The final norm, [B, T, C] to [B, T, C].</summary>
    internal Tensor Finish(Tensor x) => RmsNorm.Apply(x, Norm, Config.RmsNormEps);

    /// <summary>One step with a cache: the new positions of a row attend to its cached ones and to themselves causally; pads are seen by nobody.</summary>
    /// <param name="ids">[B, T] int64: the prompts, left-padded, or one new token a row.</param>
    /// <param name="cache">Is extended by T positions.</param>
    /// <returns>[B, C]: the hidden state of the last position after the final norm.</returns>
    internal Tensor Step(Tensor ids, KeyValueCache cache)
    {
        Limits.Require(ids.dim() == 2 && ids.shape[0] == cache.Padding.Length, nameof(ids));
        long length = ids.shape[1];
        CachedAttention attention = new(_shape, _rotary, cache, (int)length);
        Tensor x = Embed(ids);
        for (int i = 0; i < _layers.Length; i++)
        {
            // What a layer gets and computes is large for long prompts, and let go of before the next one.
            using DisposeScope scope = NewDisposeScope();
            using Tensor input = x;
            x = MixAndFeed(_layers[i], input, attention.Apply(i, Project(_layers[i], input))).MoveToOuterDisposeScope();
        }

        cache.Advance(length);
        return Finish(x.select(1, length - 1));
    }

    /// <summary>Logits of hidden states: [..., C] to [..., V].</summary>
    public Tensor Logits(Tensor hidden)
    {
        using DisposeScope scope = NewDisposeScope();
        return Logits(hidden, Head).MoveToOuterDisposeScope();
    }

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

    // [B, T, C] to [B, T, (H + 2 K) D].
    private Tensor Project(LayerWeights layer, Tensor x) =>
        layer.Apply(RmsNorm.Apply(x, layer.Norm1, Config.RmsNormEps), layer.Qkv, layer.QkvBias, LoraLayer.Qkv);

    private Tensor MixAndFeed(LayerWeights layer, Tensor x, Tensor mixed)
    {
        x = layer.Apply(mixed, layer.O, layer.OBias, LoraLayer.O, x); // [B, T, C]
        Tensor normal = RmsNorm.Apply(x, layer.Norm2, Config.RmsNormEps);
        Tensor both = layer.Apply(normal, layer.GateUp, layer.GateUpBias, LoraLayer.GateUp); // [B, T, 2 I]
        return layer.Apply(SwiGlu.Apply(both), layer.Down, layer.DownBias, LoraLayer.Down, x);
    }
}
