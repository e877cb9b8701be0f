using static TorchSharp.torch;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>The adapter of one module, which adds Scale B A x to what the module gives.</summary>
/// <param name="A">[R, K] float32.</param>
/// <param name="B">[N, R] float32.</param>
/// <param name="Scale">What the product is scaled by.</param>
internal sealed record LoraPair(Tensor A, Tensor B, double Scale)
{
    /// <summary>K: what the module gets. Asked once here: a call into libtorch for a shape takes a microsecond, as long as a row's product.</summary>
    public int Inputs { get; } = (int)A.shape[1];

    /// <summary>N: what the module gives.</summary>
    public int Outputs { get; } = (int)B.shape[0];

    /// <summary>The rank R of the adapter.</summary>
    public int Rank { get; } = (int)A.shape[0];
}
