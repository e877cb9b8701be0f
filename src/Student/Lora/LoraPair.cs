using NaturalThoughts.Student.Kernels;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Lora;

/// <summary>The adapter of one module. Its parameters are float32; products are of the model's type, as autocast has them.</summary>
/// <param name="A">[R, K] float32.</param>
/// <param name="B">[N, R] float32.</param>
/// <param name="Scale">What the product is scaled by.</param>
internal sealed record LoraPair(Tensor A, Tensor B, double Scale)
{
    /// <summary>What the adapter adds to the module's output, for autograd: [..., K] float32 to [..., N] float32.</summary>
    public Tensor Apply(Tensor x) => LinearProduct.Apply(LinearProduct.Apply(x, A) * Scale, B);

    /// <summary>Adds it in place.</summary>
    /// <param name="y">[..., N].</param>
    /// <param name="x">[..., K] of the same type.</param>
    public void AddTo(Tensor y, Tensor x) => y.view(-1, B.shape[0]).addmm_(Low(x.reshape(-1, A.shape[1])), B.to(y.dtype).t(), 1, (float)Scale);

    /// <summary>Adds what comes through the adapter to the gradient of what the module gets.</summary>
    /// <param name="dx">[M, K].</param>
    /// <param name="dy">[M, N]: the gradient of the module's output.</param>
    public void AddInputGradient(Tensor dx, Tensor dy) => dx.addmm_(LowGradient(dy), A.to(dx.dtype), 1, (float)Scale);

    /// <summary>Adds the gradients of A and B to those that they have.</summary>
    /// <param name="x">[M, K]: what the module got.</param>
    /// <param name="dy">[M, N]: the gradient of its output.</param>
    public void AddGradients(Tensor x, Tensor dy)
    {
        A.grad!.add_(LowGradient(dy).t().mm(x), alpha: Scale);
        B.grad!.add_(dy.t().mm(Low(x)), alpha: Scale);
    }

    /// <summary>What the adapter adds to the module's weight: [N, K] float32.</summary>
    public Tensor Weight() => LinearProduct.Apply(B, A.t().contiguous()) * Scale;

    // [M, K] to [M, R].
    private Tensor Low(Tensor x) => x.mm(A.to(x.dtype).t());

    // [M, N] to [M, R].
    private Tensor LowGradient(Tensor dy) => dy.mm(B.to(dy.dtype));
}
