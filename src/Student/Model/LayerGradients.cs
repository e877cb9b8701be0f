using NaturalThoughts.Student.Kernels;

namespace NaturalThoughts.Student.Model;

/// <summary>Who computes the gradient of a layer.</summary>
internal enum LayerGradients
{
    /// <summary>Torch's autograd: in portable numerics, and for adapters on the processor.</summary>
    Autograd,

    /// <summary>A backward pass of torch's operations, on a GPU and in half precision: <see cref="TorchLayerTape"/>.</summary>
    Written,

    /// <summary>The kernels of the processor: <see cref="FusedLayerTape"/>.</summary>
    Fused,
}
