using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>Flat buffers of float32 on the processor, by its kernels.</summary>
internal sealed unsafe class ProcessorUpdate : FlatUpdate
{
    /// <summary>Whether all buffers of a training are ones that this class can update.</summary>
    public static bool Takes(OptimizerState state) =>
        new[] { state.Weights, state.Gradient, state.First, state.Second }.All(flat => flat.device_type == DeviceType.CPU && flat.dtype == ScalarType.Float32);

    /// <inheritdoc />
    public override double Norm(Tensor flat) => Math.Sqrt(FlatKernels.SquaredNorm(Floats(flat), flat.numel()));

    /// <inheritdoc />
    public override void Scale(Tensor flat, double factor) => FlatKernels.Scale(Floats(flat), flat.numel(), (float)factor);

    /// <inheritdoc />
    public override void Step(OptimizerState state, AdamWStep step, int number)
    {
        long count = state.Weights.numel();
        Limits.Require(state.Gradient.numel() == count && state.First.numel() == count && state.Second.numel() == count, nameof(state));
        FlatKernels.AdamW(step, Floats(state.Weights), Floats(state.Gradient), Floats(state.First), Floats(state.Second), count);
    }
}
