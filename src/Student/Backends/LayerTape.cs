using static TorchSharp.torch;

namespace NaturalThoughts.Student.Backends;

/// <summary>A layer's output for an input, and what its backward pass starts from.</summary>
internal abstract class LayerTape : IDisposable
{
    /// <summary>[B, T, C]: the caller's.</summary>
    public abstract Tensor Output { get; }

    /// <summary>Adds to the gradients of what the layer is made of; once.</summary>
    /// <param name="gradient">[B, T, C]: of the output.</param>
    /// <returns>[B, T, C]: of the input.</returns>
    public abstract Tensor Backward(Tensor gradient);

    /// <inheritdoc />
    public abstract void Dispose();
}
