using NaturalThoughts.Checkpoints.Config;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>
/// All parameters of a Llama model in one flat buffer and their gradients in another, so that an optimiser step is a handful of
/// operations. What the forward pass uses are views: q, k and v are one matrix, gate and up another. What checkpoints name are views too.
/// Gradients take no memory before somebody asks for them.
/// </summary>
public sealed class LlamaWeights : IFlatParameters, IDisposable
{
    private readonly Dictionary<string, Tensor> _parameters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Tensor> _named = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Tensor> _namedGradients = new(StringComparer.Ordinal);
    private readonly List<Tensor> _views = [];
    private readonly List<(string Parameter, (string Name, long[] Shape)[] Parts)> _layout;
    private Tensor? _gradient;

    /// <summary>Allocates the parameters of a model, all zeros.</summary>
    /// <param name="config">The shape of the model.</param>
    /// <param name="placement">Where, and of which type; null for float32 on the processor.</param>
    public LlamaWeights(ModelConfig config, Placement? placement = null)
        : this(config, placement ?? Placement.Processor, null)
    {
    }

    private LlamaWeights(ModelConfig config, Placement placement, Tensor? flat)
    {
        using DisposeScope scope = NewDisposeScope(); // for views of views
        Config = config;
        Placement = placement;
        _layout = Layout(config);
        Count = CountOf(config);
        Flat = flat ?? placement.Zeros(Count);
        long at = 0;
        foreach ((string parameter, (string Name, long[] Shape)[] parts) in _layout)
        {
            long start = at;
            foreach ((string name, long[] shape) in parts)
            {
                _named.Add(name, View(Flat, at, shape));
                at += Size(shape);
            }

            _parameters.Add(parameter, View(Flat, start, Whole(parts)).detach().requires_grad_(true).DetachFromDisposeScope());
        }
    }

    /// <summary>The shape of the model.</summary>
    public ModelConfig Config { get; }

    /// <summary>Where the parameters are, and of which type; the gradients are of the same.</summary>
    public Placement Placement { get; }

    /// <summary>Number of parameters; a tied output layer counts once.</summary>
    public long Count { get; }

    /// <summary>[Count]: every parameter.</summary>
    public Tensor Flat { get; }

    /// <summary>[Count]: every gradient; allocated, with zeros, when it is first asked for.</summary>
    public Tensor Gradient => _gradient ??= AllocateGradient();

    /// <summary>Views by the name that checkpoints use, such as <c>model.layers.0.self_attn.q_proj.weight</c>, in ordinal order.</summary>
    public IReadOnlyDictionary<string, Tensor> Named => _named;

    /// <summary>The gradients by the same names.</summary>
    public IReadOnlyDictionary<string, Tensor> NamedGradients
    {
        get
        {
            _gradient ??= AllocateGradient();
            return _namedGradients;
        }
    }

    /// <summary>A parameter of the forward pass; null where the config has none of it (a bias).</summary>
    internal Tensor? Find(string parameter) => _parameters.GetValueOrDefault(parameter);

    /// <summary>A parameter of the forward pass.</summary>
    internal Tensor this[string parameter] => _parameters[parameter];

    /// <summary>The same parameters with gradients of their own, for a second thread; to be disposed before these.</summary>
    public LlamaWeights Share() => new(Config, Placement, Flat.alias().DetachFromDisposeScope());

    /// <summary>Parameters of any values, to be set by the caller; memory that nobody has touched yet.</summary>
    internal static LlamaWeights Unset(ModelConfig config, Placement placement) => new(config, placement, placement.Unset(CountOf(config)));

    /// <summary>Stops the computation of gradients for these weights.</summary>
    internal void Freeze()
    {
        foreach (Tensor parameter in _parameters.Values)
        {
            parameter.requires_grad_(false);
        }
    }

    /// <summary>Number of parameters of a shape.</summary>
    public static long CountOf(ModelConfig config) => Layout(config).Sum(item => item.Parts.Sum(part => Size(part.Shape)));

    /// <summary>The shapes of all tensors of a checkpoint by their names.</summary>
    public static IReadOnlyDictionary<string, long[]> Shapes(ModelConfig config) =>
        Layout(config).SelectMany(item => item.Parts).ToDictionary(part => part.Name, part => part.Shape, StringComparer.Ordinal);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Tensor tensor in _views.Concat(_parameters.Values))
        {
            tensor.Dispose();
        }

        Flat.Dispose();
        _gradient?.Dispose();
    }

    private static long Size(long[] shape) => shape.Aggregate(1L, (size, dimension) => size * dimension);

    private static long[] Whole((string Name, long[] Shape)[] parts) => [parts.Sum(part => part.Shape[0]), .. parts[0].Shape[1..]];

    private Tensor AllocateGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = Placement.Zeros(Count);
        long at = 0;
        foreach ((string parameter, (string Name, long[] Shape)[] parts) in _layout)
        {
            _parameters[parameter].grad = View(gradient, at, Whole(parts));
            foreach ((string name, long[] shape) in parts)
            {
                _namedGradients.Add(name, View(gradient, at, shape));
                at += Size(shape);
            }
        }

        return gradient;
    }

    private Tensor View(Tensor buffer, long start, long[] shape)
    {
        Tensor view = buffer.narrow(0, start, Size(shape)).view(shape).DetachFromDisposeScope();
        _views.Add(view);
        return view;
    }

    private static List<(string Parameter, (string Name, long[] Shape)[] Parts)> Layout(ModelConfig config)
    {
        long width = config.HiddenSize;
        long queries = (long)config.NumAttentionHeads * config.HeadDim;
        long keys = (long)config.NumKeyValueHeads * config.HeadDim;
        long inner = config.IntermediateSize;
        List<(string, (string, long[])[])> layout = [("embed", [("model.embed_tokens.weight", [config.VocabSize, width])])];
        for (int i = 0; i < config.NumHiddenLayers; i++)
        {
            string layer = FormattableString.Invariant($"model.layers.{i}.");
            string attention = layer + "self_attn.";
            string mlp = layer + "mlp.";
            layout.Add((layer + "norm1", [(layer + "input_layernorm.weight", [width])]));
            layout.Add(
                (layer
                    + "qkv",
                        [
                            (attention + "q_proj.weight", [queries, width]), (attention + "k_proj.weight", [keys, width]),
                            (attention + "v_proj.weight", [keys, width])]));
            layout.Add((layer + "o", [(attention + "o_proj.weight", [width, queries])]));
            layout.Add((layer + "norm2", [(layer + "post_attention_layernorm.weight", [width])]));
            layout.Add((layer + "gate_up", [(mlp + "gate_proj.weight", [inner, width]), (mlp + "up_proj.weight", [inner, width])]));
            layout.Add((layer + "down", [(mlp + "down_proj.weight", [width, inner])]));
            if (config.QkvBias)
            {
                layout.Add(
                    (layer + "qkv_bias", [(attention + "q_proj.bias", [queries]), (attention + "k_proj.bias", [keys]), (attention + "v_proj.bias", [keys])]));
            }

            if (config.AttentionBias)
            {
                layout.Add((layer + "o_bias", [(attention + "o_proj.bias", [width])]));
            }

            if (config.MlpBias)
            {
                layout.Add((layer + "gate_up_bias", [(mlp + "gate_proj.bias", [inner]), (mlp + "up_proj.bias", [inner])]));
                layout.Add((layer + "down_bias", [(mlp + "down_proj.bias", [width])]));
            }
        }

        layout.Add(("norm", [("model.norm.weight", [width])]));
        if (!config.TieWordEmbeddings)
        {
            layout.Add(("head", [("lm_head.weight", [config.VocabSize, width])]));
        }

        return layout;
    }
}
