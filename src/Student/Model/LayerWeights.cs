using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Lora;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>The parameters of one layer, as <see cref="LlamaWeights"/> has them, and the adapters beside them. C, D, H, K, I as in <see cref="LlamaModel"/>.</summary>
/// <param name="Norm1">[C], before attention.</param>
/// <param name="Qkv">[(H + 2 K) D, C].</param>
/// <param name="QkvBias">[(H + 2 K) D], or null.</param>
/// <param name="O">[C, H D].</param>
/// <param name="OBias">[C], or null.</param>
/// <param name="Norm2">[C], before the feed-forward part.</param>
/// <param name="GateUp">[2 I, C].</param>
/// <param name="GateUpBias">[2 I], or null.</param>
/// <param name="Down">[C, I].</param>
/// <param name="DownBias">[C], or null.</param>
internal sealed record LayerWeights(
    Tensor Norm1, Tensor Qkv, Tensor? QkvBias, Tensor O, Tensor? OBias, Tensor Norm2, Tensor GateUp, Tensor? GateUpBias, Tensor Down, Tensor? DownBias)
{
    /// <param name="weights">All parameters.</param>
    /// <param name="name">Of the layer, such as <c>model.layers.0.</c>.</param>
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

    /// <summary>The adapters; null where there are none.</summary>
    public LoraLayer? Lora { get; init; }

    /// <summary>All parameters, those that are not there as null.</summary>
    public IReadOnlyList<Tensor?> All => [Norm1, Qkv, QkvBias, O, OBias, Norm2, GateUp, GateUpBias, Down, DownBias];

    /// <summary>A linear layer, and its adapters where there are some.</summary>
    public Tensor Apply(Tensor x, Tensor weight, Tensor? bias, string[] modules, Tensor? residual = null)
    {
        Tensor y = LinearProduct.Apply(x, weight, bias, residual);
        return Lora is null ? y : Lora.Add(y, x, modules);
    }

    /// <summary>The gradient of what a linear layer and its adapters get.</summary>
    /// <param name="dy">[N, M]: of the output.</param>
    /// <param name="weight">[M, K].</param>
    /// <param name="modules">As for <see cref="Apply"/>.</param>
    /// <returns>[N, K]; and what <see cref="AddGradients"/> needs of the adapters.</returns>
    public (Tensor Dx, Tensor? Between) InputGradient(Tensor dy, Tensor weight, string[] modules)
    {
        Tensor dx = dy.mm(weight);
        return (dx, Lora?.AddInputGradient(dx, dy, modules));
    }

    /// <summary>Adds the gradients of a linear layer and its adapters to those that they have.</summary>
    /// <param name="x">[N, K]: what the layer got.</param>
    /// <param name="dy">[N, M]: the gradient of its output.</param>
    /// <param name="weight">[M, K].</param>
    /// <param name="bias">[M], or null.</param>
    /// <param name="modules">As for <see cref="Apply"/>.</param>
    /// <param name="between">From <see cref="InputGradient"/>.</param>
    public void AddGradients(Tensor x, Tensor dy, Tensor weight, Tensor? bias, string[] modules, Tensor? between)
    {
        if (weight.requires_grad)
        {
            weight.grad!.addmm_(dy.t(), x, 1, 1);
            bias?.grad!.AddInPlace(dy.sum(dim: 0));
        }

        if (between is not null)
        {
            Lora!.AddGradients(x, dy, between, modules);
        }
    }
}
