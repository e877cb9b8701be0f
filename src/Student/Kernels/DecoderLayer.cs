using NaturalThoughts.Student.Model;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// A layer of the transformer on the processor in float32, as one operation. Norms, products and the gate of a block of rows are computed by
/// one thread while they are in its cache, attention a key head of a row at a time, so that threads wait for each other three times in a
/// layer and not after every operation. See <see cref="DecoderLayerPass"/>; <see cref="FusedLayerTape"/> has its gradient.
/// </summary>
internal static class DecoderLayer
{
    /// <summary>Whether the layer is computed here; by the operations that <see cref="LlamaModel"/> puts together otherwise, or where autograd is to differentiate them.</summary>
    public static bool Takes(Tensor x, LayerWeights layer) => Fused.Takes(x) && layer.Lora is null && !Fused.Differentiates([x, .. layer.All]);

    /// <summary>Applies the layer to whole rows, causal, with positions from 0.</summary>
    /// <param name="x">[B, T, C].</param>
    /// <param name="layer">Its parameters.</param>
    /// <param name="shape">The heads.</param>
    /// <param name="rotary">At least T positions.</param>
    /// <param name="epsilon">Of the norms.</param>
    /// <returns>[B, T, C].</returns>
    public static Tensor Apply(Tensor x, LayerWeights layer, AttentionShape shape, RotaryTable rotary, double epsilon)
    {
        using Tensor stream = x.contiguous();
        return new DecoderLayerPass(layer, shape, rotary, (float)epsilon, (int)x.shape[0], (int)x.shape[1]).Forward(stream);
    }
}
