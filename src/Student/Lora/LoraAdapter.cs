using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.ModelWeights;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Lora;

/// <summary>
/// The adapters of a model in one flat float32 buffer, their gradients in another: the optimiser's steps are over these alone. Float32 whatever
/// the model's type, as PEFT makes them.
/// </summary>
public sealed class LoraAdapter : IFlatParameters, IDisposable
{
    private readonly SortedDictionary<string, Tensor> _named = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Tensor> _namedGradients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoraPair> _pairs = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, long[]> _modules;
    private readonly List<Tensor> _tensors = [];

    /// <summary>Allocates adapters of zeros for every target module of a model.</summary>
    /// <param name="config">The shape of the model.</param>
    /// <param name="options">Rank, scale and targets.</param>
    /// <param name="device">Where the model is.</param>
    public LoraAdapter(ModelConfig config, LoraOptions options, Device device)
        : this(config, options, device, null)
    {
    }

    private LoraAdapter(ModelConfig config, LoraOptions options, Device device, LoraAdapter? shared)
    {
        using DisposeScope scope = NewDisposeScope(); // for views of views
        Config = config;
        Options = options;
        _modules = LlamaWeights.Shapes(config).Where(item => ModuleOf(item.Key) is not null)
            .ToDictionary(item => item.Key, item => item.Value, StringComparer.Ordinal);
        Count = CountOf(config, options);
        Flat = Keep(shared is null ? zeros(Count, device: device) : shared.Flat.alias());
        Gradient = Keep(zeros(Count, device: device));
        long at = 0;
        foreach ((string weight, long[] shape) in _modules.Where(item => options.Targets.Contains(ModuleOf(item.Key), StringComparer.Ordinal)))
        {
            string name = "base_model.model." + weight[..^".weight".Length];
            Tensor a = Leaf(name + ".lora_A.weight", ref at, options.Rank, shape[1]);
            Tensor b = Leaf(name + ".lora_B.weight", ref at, shape[0], options.Rank);
            _pairs.Add(weight, new LoraPair(a, b, options.Scale));
        }
    }

    /// <summary>The shape of the model.</summary>
    public ModelConfig Config { get; }

    /// <summary>Rank, scale and targets.</summary>
    public LoraOptions Options { get; }

    /// <summary>Number of parameters.</summary>
    public long Count { get; }

    /// <inheritdoc />
    public Tensor Flat { get; }

    /// <inheritdoc />
    public Tensor Gradient { get; }

    /// <summary>Views by PEFT's names, such as <c>base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight</c>, in ordinal order.</summary>
    public IReadOnlyDictionary<string, Tensor> Named => _named;

    /// <summary>The gradients by the same names.</summary>
    public IReadOnlyDictionary<string, Tensor> NamedGradients => _namedGradients;

    /// <summary>Number of parameters of an adapter.</summary>
    public static long CountOf(ModelConfig config, LoraOptions options) => LlamaWeights.Shapes(config)
        .Where(item => options.Targets.Contains(ModuleOf(item.Key), StringComparer.Ordinal))
        .Sum(item => options.Rank * (item.Value[0] + item.Value[1]));

    /// <summary>
    /// First values: B 0, so that the model is the same; A uniform in plus or minus 1 / sqrt(K), what PEFT's kaiming_uniform(a = sqrt(5)) comes to.
    /// Each A has a generator of its own, keyed by seed and name.
    /// </summary>
    public void Fill(string seed)
    {
        foreach ((string name, Tensor tensor) in _named.Where(item => item.Key.EndsWith(".lora_A.weight", StringComparison.Ordinal)))
        {
            SeededRandom random = SeededRandom.From("lora", seed, name);
            double bound = 1 / Math.Sqrt(tensor.shape[1]);
            float[] values = new float[tensor.numel()];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)(((2 * random.NextDouble()) - 1) * bound);
            }

            using Tensor filled = torch.tensor(values, tensor.shape);
            tensor.copy_(filled);
        }
    }

    /// <summary>The adapters by the names of the weights that they are beside.</summary>
    internal IReadOnlyDictionary<string, LoraPair> Pairs => _pairs;

    /// <summary>The same parameters with gradients of their own, for a second thread; to be disposed before these.</summary>
    public LoraAdapter Share() => new(Config, Options, Flat.device, this);

    /// <inheritdoc />
    public void Dispose() => _tensors.ForEach(tensor => tensor.Dispose());

    /// <summary>The adapters of a layer.</summary>
    internal LoraLayer Layer(int index)
    {
        string start = FormattableString.Invariant($"model.layers.{index}.");
        string[] weights = [.. _modules.Keys.Where(name => name.StartsWith(start, StringComparison.Ordinal))];
        return new LoraLayer(
            weights.ToDictionary(name => ModuleOf(name)!, name => _pairs.GetValueOrDefault(name), StringComparer.Ordinal),
            weights.ToDictionary(name => ModuleOf(name)!, name => _modules[name][0], StringComparer.Ordinal));
    }

    // The module of a weight by its name, such as q_proj; null of what is no matrix of a layer.
    private static string? ModuleOf(string weight) =>
        weight.EndsWith(".weight", StringComparison.Ordinal)
            ? LoraOptions.Modules.FirstOrDefault(module => weight.EndsWith($".{module}.weight", StringComparison.Ordinal))
            : null;

    private Tensor Leaf(string name, ref long at, long rows, long columns)
    {
        long size = rows * columns;
        _named.Add(name, Keep(Flat.narrow(0, at, size).view(rows, columns)));
        _namedGradients.Add(name, Keep(Gradient.narrow(0, at, size).view(rows, columns)));
        Tensor leaf = Keep(_named[name].detach().requires_grad_(true));
        leaf.grad = _namedGradients[name];
        at += size;
        return leaf;
    }

    private Tensor Keep(Tensor tensor)
    {
        _tensors.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
