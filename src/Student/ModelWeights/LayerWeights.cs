using static TorchSharp.torch;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>
/// The parameters of one layer, as <see cref="LlamaWeights"/> has them, and the adapters beside them. C, D, H, K, I as in <see cref="Model.LlamaModel"/>.
/// </summary>
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
}
