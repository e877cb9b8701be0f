using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Student.Kernels;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>What a backend computes a model with.</summary>
/// <param name="Weights">The parameters.</param>
/// <param name="Layers">Those of each layer, with the adapters beside them.</param>
/// <param name="Rotary">Angles of all positions.</param>
internal sealed record ModelParts(LlamaWeights Weights, LayerWeights[] Layers, RotaryTable Rotary)
{
    /// <summary>The shape of the model.</summary>
    public ModelConfig Config => Weights.Config;

    /// <summary>Numbers and width of the attention heads.</summary>
    public AttentionShape Heads { get; } = new(Weights.Config.NumAttentionHeads, Weights.Config.NumKeyValueHeads, Weights.Config.HeadDim);

    /// <summary>The embedding matrix, [V, C].</summary>
    public Tensor Embedding => Weights["embed"];

    /// <summary>The weight of the final norm, [C].</summary>
    public Tensor Norm => Weights["norm"];

    /// <summary>The output matrix, [V, C]: the embedding where the two are tied.</summary>
    public Tensor Head => Config.TieWordEmbeddings ? Weights["embed"] : Weights["head"];
}
