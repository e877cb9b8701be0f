using static TorchSharp.torch;

namespace NaturalThoughts.Student.Backends;

/// <summary>The flat buffers of a training, [N] each.</summary>
/// <param name="Weights">Weights.</param>
/// <param name="First">First moment.</param>
/// <param name="Second">Second moment.</param>
/// <param name="Master">Weights in float32 where those of the model are rounded copies of them; null otherwise.</param>
/// <param name="Gradient">The gradient of the weights.</param>
internal sealed record OptimizerState(Tensor Weights, Tensor First, Tensor Second, Tensor? Master, Tensor Gradient);
