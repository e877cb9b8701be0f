using TorchSharp;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>What a training changes: parameters in one flat buffer, and their gradients in another of the same layout.</summary>
public interface IFlatParameters
{
    /// <summary>[N]: every parameter.</summary>
    torch.Tensor Flat { get; }

    /// <summary>[N]: every gradient.</summary>
    torch.Tensor Gradient { get; }
}
