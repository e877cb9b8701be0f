using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>A layer by the kernels of the processor, forward and backward.</summary>
internal sealed class FusedLayerTape : LayerTape
{
    private readonly DecoderLayerPass _pass;
    private readonly Tensor[] _kept;

    /// <param name="layer">The parameters; their gradients are added to.</param>
    /// <param name="x">[B, T, C].</param>
    /// <param name="shape">The heads.</param>
    /// <param name="rotary">At least T positions.</param>
    /// <param name="epsilon">Of the norms.</param>
    public FusedLayerTape(LayerWeights layer, Tensor x, AttentionShape shape, RotaryTable rotary, double epsilon)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor stream = x.detach().contiguous();
        _pass = new DecoderLayerPass(layer, shape, rotary, (float)epsilon, (int)x.shape[0], (int)x.shape[1]);
        (Tensor output, _kept) = _pass.ForwardAndKeep(stream);
        Output = output.MoveToOuterDisposeScope();
        Array.ForEach(_kept, tensor => tensor.DetachFromDisposeScope());
    }

    /// <inheritdoc />
    public override Tensor Output { get; }

    /// <inheritdoc />
    public override Tensor Backward(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        return _pass.Backward(_kept, gradient.contiguous()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override void Dispose() => Array.ForEach(_kept, tensor => tensor.Dispose());
}
