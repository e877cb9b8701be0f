using static TorchSharp.torch;

namespace NaturalThoughts.Student.Parameters;

/// <summary>The adapter of one module, which adds Scale B A x to what the module gives.</summary>
/// <param name="A">[R, K] float32.</param>
/// <param name="B">[N, R] float32.</param>
/// <param name="Scale">What the product is scaled by.</param>
internal sealed record LoraPair(Tensor A, Tensor B, double Scale)
{
    /// <summary>The rank R of the adapter.</summary>
    public int Rank => (int)A.shape[0];
}
