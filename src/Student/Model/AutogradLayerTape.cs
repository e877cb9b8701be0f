using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>A layer whose operations autograd differentiates.</summary>
internal sealed class AutogradLayerTape : LayerTape
{
    private readonly Tensor _leaf;

    /// <param name="layer">The layer, [B, T, C] to [B, T, C].</param>
    /// <param name="x">[B, T, C].</param>
    public AutogradLayerTape(Func<Tensor, Tensor> layer, Tensor x)
    {
        using IDisposable grad = enable_grad();
        _leaf = x.detach().requires_grad_(true);
        Output = layer(_leaf);
        _leaf.DetachFromDisposeScope();
    }

    /// <inheritdoc />
    public override Tensor Output { get; }

    /// <inheritdoc />
    public override Tensor Backward(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Output.backward([gradient]);
        return _leaf.grad!.MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override void Dispose() => _leaf.Dispose();
}
