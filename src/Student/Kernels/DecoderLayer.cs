using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// A layer of the transformer on the processor in float32, as one operation with a gradient. Norms, products and the gate of a block of rows
/// are computed by one thread while they are in its cache, attention a key head of a row at a time, so that threads wait for each other
/// three times in a layer and not after every operation. See <see cref="DecoderLayerPass"/>.
/// </summary>
internal static class DecoderLayer
{
    /// <summary>Whether the layer is computed here; by the operations that <see cref="LlamaModel"/> puts together otherwise.</summary>
    public static bool Takes(Tensor x, LayerWeights layer) => Fused.Takes(x) && layer.Lora is null;

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
        DecoderLayerPass pass = new(layer, shape, rotary, (float)epsilon, (int)x.shape[0], (int)x.shape[1]);
        Tensor[] parameters = [.. layer.All.OfType<Tensor>()];
        return Fused.Differentiates([x, .. parameters]) ? Function.apply([stream, .. parameters, pass]) : pass.Forward(stream);
    }

    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        public override string Name => nameof(DecoderLayer);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            DecoderLayerPass pass = (DecoderLayerPass)vars[^1];
            (Tensor y, Tensor[] kept) = pass.ForwardAndKeep((Tensor)vars[0]);
            ctx.save_for_backward([.. kept]);
            ctx.save_data("pass", pass);
            return y;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            DecoderLayerPass pass = (DecoderLayerPass)ctx.get_data("pass");
            using Tensor dy = grad_output.contiguous();
            return [.. pass.Backward([.. ctx.get_saved_variables()], dy), null!];
        }
    }
}
