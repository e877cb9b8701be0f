using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Processor;
using NaturalThoughts.Student.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>
/// A Llama-shaped transformer (arXiv 2302.13971; grouped-query attention arXiv 2305.13245): RMSNorm, rotary positions, SwiGLU. Letters in
/// shapes: B rows, T positions, C width, H query heads, K key and value heads, D head width, V vocabulary.
/// </summary>
public sealed class LlamaModel : IDisposable
{
    private readonly RotaryTable _rotary;
    private readonly ModelParts _parts;

    /// <param name="weights">The parameters; disposed with the model.</param>
    public LlamaModel(LlamaWeights weights)
        : this(weights, null)
    {
    }

    /// <param name="weights">The parameters; disposed with the model.</param>
    /// <param name="backend">What computes it; null for what their placement asks for.</param>
    internal LlamaModel(LlamaWeights weights, Func<ModelParts, Backend>? backend)
    {
        Weights = weights;
        _rotary = new RotaryTable(Config, Config.MaxPositionEmbeddings, weights.Placement);
        LayerWeights[] layers =
            [.. Enumerable.Range(0, Config.NumHiddenLayers).Select(i => new LayerWeights(weights, FormattableString.Invariant($"model.layers.{i}.")))];
        _parts = new ModelParts(weights, layers, _rotary);
        Backend = backend?.Invoke(_parts) ?? (ProcessorBackend.Takes(weights.Placement) ? new ProcessorBackend(_parts) : new TorchBackend(_parts));
    }

    /// <summary>The kernels or operations that compute the model.</summary>
    internal Backend Backend { get; }

    /// <summary>The parameters of the base model.</summary>
    public LlamaWeights Weights { get; }

    /// <summary>The low-rank adapters; null where there are none.</summary>
    public LoraAdapter? Adapter { get; private set; }

    /// <summary>What a training changes: the adapters where there are some, else the weights.</summary>
    public IFlatParameters Trained => (IFlatParameters?)Adapter ?? Weights;

    /// <summary>The shape of the model, as config.json gives it.</summary>
    public ModelConfig Config => Weights.Config;

    /// <summary>The output matrix, [V, C]: the embedding where the two are tied.</summary>
    public Tensor Head => _parts.Head;

    /// <summary>
    /// Hidden states after the final norm. Rows are padded on the right, positions count from 0, attention is causal: pads follow all real
    /// tokens, so that no mask is needed; what is at pads means nothing.
    /// </summary>
    /// <param name="ids">[B, T] int64.</param>
    /// <param name="states">Is told the states before each layer and after the final norm, in this order; null for nobody.</param>
    /// <returns>[B, T, C] of the weights' type.</returns>
    /// <exception cref="UserErrorException">An id is not in the vocabulary, or a row has more tokens than the model has positions.</exception>
    public Tensor Forward(Tensor ids, Action<Tensor>? states = null)
    {
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> told = [];
        Tensor x = Backend.Normalize(Stream(ids, states is null ? null : told.Add));
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
        for (int i = 0; i < Config.NumHiddenLayers; i++)
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
        return Backend.Embed(ids);
    }

    /// <summary>One layer over whole rows, causal: [B, T, C] to [B, T, C]. What it needs only on the way is freed.</summary>
    internal Tensor Layer(int index, Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        return Backend.Layer(index, x).MoveToOuterDisposeScope();
    }

    /// <summary>One step with a cache: the new positions of a row attend to its cached ones and to themselves causally; pads are seen by nobody.</summary>
    /// <param name="ids">[B, T] int64: the prompts, left-padded, or one new token a row.</param>
    /// <param name="cache">Is extended by T positions.</param>
    /// <returns>[B, C]: the hidden state of the last position after the final norm.</returns>
    internal Tensor Step(Tensor ids, KeyValueCache cache)
    {
        Limits.Require(ids.dim() == 2 && ids.shape[0] == cache.Padding.Length, nameof(ids));
        long length = ids.shape[1];
        Func<int, Tensor, Tensor> layers = Backend.Cached(cache, (int)length);
        Tensor x = Embed(ids);
        for (int i = 0; i < Config.NumHiddenLayers; i++)
        {
            // What a layer gets and computes is large for long prompts, and freed before the next one.
            using DisposeScope scope = NewDisposeScope();
            using Tensor input = x;
            x = layers(i, input).MoveToOuterDisposeScope();
        }

        cache.Advance(length);
        return Backend.Normalize(x.select(1, length - 1));
    }

    /// <summary>Logits of hidden states: [..., C] to [..., V].</summary>
    public Tensor Logits(Tensor hidden)
    {
        using DisposeScope scope = NewDisposeScope();
        return Backend.Logits(hidden).MoveToOuterDisposeScope();
    }

    /// <summary>Takes adapters, which are disposed with the model, and freezes the weights.</summary>
    public void Adapt(LoraAdapter adapter)
    {
        Adapter = adapter;
        Weights.Freeze();
        for (int i = 0; i < _parts.Layers.Length; i++)
        {
            _parts.Layers[i] = _parts.Layers[i] with { Lora = adapter.Layer(i) };
        }
    }

    /// <summary>Adds the adapters to the weights and lets go of them.</summary>
    public void Merge()
    {
        using IDisposable grad = no_grad();
        foreach ((string name, LoraPair pair) in Adapter!.Pairs)
        {
            Backend.Merge(Weights.Named[name], pair);
        }

        Adapter.Dispose();
        Adapter = null;
        for (int i = 0; i < _parts.Layers.Length; i++)
        {
            _parts.Layers[i] = _parts.Layers[i] with { Lora = null };
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
}
