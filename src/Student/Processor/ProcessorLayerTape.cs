using NaturalThoughts.Student.Backends;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>A layer over whole rows by the kernels of the processor, forward and backward.</summary>
internal sealed class ProcessorLayerTape : LayerTape
{
    private readonly LayerPass _pass;
    private readonly WholeRows _attention;
    private readonly LayerActivations _kept;

    /// <param name="pass">The layer; the gradients of its parameters are added to.</param>
    /// <param name="attention">Of whole rows.</param>
    /// <param name="x">[B, T, C].</param>
    public ProcessorLayerTape(LayerPass pass, WholeRows attention, Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        (_pass, _attention) = (pass, attention);
        (Tensor output, _kept) = pass.ForwardAndKeep(x.detach().contiguous(), attention);
        Output = output.MoveToOuterDisposeScope();
        _kept.Detach();
    }

    /// <inheritdoc />
    public override Tensor Output { get; }

    /// <inheritdoc />
    public override Tensor Backward(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        return _pass.Backward(_kept, _attention, gradient.contiguous()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override void Dispose() => _kept.Dispose();
}
