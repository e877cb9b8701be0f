using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NaturalThoughts.Student.Tests.Model;

/// <summary>The model as defined, by torch's operations in float64, differentiated by autograd: what both backends are compared with.</summary>
internal sealed class AutogradModel
{
    private readonly LlamaModel _model;
    private readonly SortedDictionary<string, Tensor> _weights = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Tensor> _adapters = new(StringComparer.Ordinal);

    /// <param name="model">On the processor.</param>
    public AutogradModel(LlamaModel model)
    {
        _model = model;
        bool adapted = model.Adapter is not null;
        foreach ((string name, Tensor weight) in model.Weights.Named)
        {
            _weights.Add(name, weight.detach().to(ScalarType.Float64).requires_grad_(!adapted));
        }

        foreach ((string name, Tensor weight) in model.Adapter?.Named ?? new Dictionary<string, Tensor>())
        {
            _adapters.Add(name, weight.detach().to(ScalarType.Float64).requires_grad_(true));
        }
    }

    /// <summary>The loss of a batch, and the gradient of what is trained by name.</summary>
    public (double Loss, IReadOnlyDictionary<string, Tensor> Gradients) Backward(TokenBatch batch, int supervised)
    {
        Tensor hidden = Forward(batch.Ids);
        Tensor predicted = hidden.view(-1, hidden.shape[^1]).index_select(0, batch.Positions);
        Tensor head = _model.Config.TieWordEmbeddings ? _weights["model.embed_tokens.weight"] : _weights["lm_head.weight"];
        Tensor loss = cross_entropy(linear(predicted, head), batch.Targets, reduction: nn.Reduction.Sum).Over(supervised);
        loss.backward();
        SortedDictionary<string, Tensor> trained = _adapters.Count > 0 ? _adapters : _weights;
        return (loss.item<double>(), trained.ToDictionary(item => item.Key, item => item.Value.grad!, StringComparer.Ordinal));
    }

    // [B, T] to the hidden states after the final norm, [B, T, C].
    private Tensor Forward(Tensor ids)
    {
        ModelConfig config = _model.Config;
        AttentionShape shape = new(config.NumAttentionHeads, config.NumKeyValueHeads, config.HeadDim);
        using RotaryTable rotary = new(config, config.MaxPositionEmbeddings, Placement.Processor);
        Tensor x = _weights["model.embed_tokens.weight"].index_select(0, ids.view(-1)).view(ids.shape[0], ids.shape[1], -1);
        for (int i = 0; i < config.NumHiddenLayers; i++)
        {
            string layer = $"model.layers.{i}.", attention = layer + "self_attn.", mlp = layer + "mlp.";
            Tensor normal = Norm(x, layer + "input_layernorm");
            Tensor qkv = cat([Linear(normal, attention + "q_proj"), Linear(normal, attention + "k_proj"), Linear(normal, attention + "v_proj")], -1);
            x = x.Plus(Linear(Kernels.AttentionTests.Defined(qkv, shape, rotary), attention + "o_proj"));
            normal = Norm(x, layer + "post_attention_layernorm");
            x = x.Plus(Linear(silu(Linear(normal, mlp + "gate_proj")) * Linear(normal, mlp + "up_proj"), mlp + "down_proj"));
        }

        return Norm(x, "model.norm");
    }

    private Tensor Norm(Tensor x, string name) => x * x.Squared().mean([-1], true).add(_model.Config.RmsNormEps).rsqrt() * _weights[name + ".weight"];

    private Tensor Linear(Tensor x, string name)
    {
        Tensor y = linear(x, _weights[name + ".weight"], _weights.GetValueOrDefault(name + ".bias"));
        string adapter = "base_model.model." + name;
        return _adapters.TryGetValue(adapter + ".lora_A.weight", out Tensor? a)
            ? y.Plus(linear(linear(x, a), _adapters[adapter + ".lora_B.weight"]).Times(_model.Adapter!.Options.Scale))
            : y;
    }
}
