using NaturalThoughts.Student.Kernels;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Lora;

/// <summary>The adapter of one module.</summary>
/// <param name="A">[R, K] float32.</param>
/// <param name="B">[N, R] float32.</param>
/// <param name="Scale">What the product is scaled by.</param>
internal sealed record LoraPair(Tensor A, Tensor B, double Scale)
{
    /// <summary>What the adapter adds to the module's output: [..., K] float32 to [..., N] float32.</summary>
    public Tensor Apply(Tensor x) => LinearProduct.Apply(LinearProduct.Apply(x, A), B).Times(Scale);

    /// <summary>What the adapter adds to the module's weight: [N, K] float32.</summary>
    public Tensor Weight() => LinearProduct.Apply(B, A.t().contiguous()).Times(Scale);
}
