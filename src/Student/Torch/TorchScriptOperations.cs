using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>Operations of libtorch that TorchSharp has no names for, called by way of TorchScript.</summary>
internal static class TorchScriptOperations
{
    private static readonly Lazy<jit.CompilationUnit> Unit = new(() => jit.compile("""
        def rms_norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
            return torch.rms_norm(x, [x.size(-1)], weight, epsilon)

        def causal_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            return torch.scaled_dot_product_attention(q, k, v, None, 0.0, True, enable_gqa=True)

        def silu_backward(gradient: Tensor, x: Tensor, out: Tensor) -> Tensor:
            return torch.silu_backward(gradient, x, grad_input=out)

        """));

    /// <summary>RMSNorm (arXiv 1910.07467) in one kernel on a GPU: computed in float32, rounded once.</summary>
    /// <param name="x">[..., C].</param>
    /// <param name="weight">[C] of the same type.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <returns>[..., C].</returns>
    public static Tensor RmsNorm(Tensor x, Tensor weight, double epsilon) =>
        Numbers.With(epsilon, number => (Tensor)Unit.Value.invoke("rms_norm", x, weight, number));

    /// <summary>Causal attention with grouped query heads (arXiv 2305.13245), by whichever kernel libtorch has for it.</summary>
    /// <param name="q">[B, H, T, D].</param>
    /// <param name="k">[B, K, T, D].</param>
    /// <param name="v">[B, K, T, D].</param>
    /// <returns>[B, H, T, D].</returns>
    public static Tensor CausalAttention(Tensor q, Tensor k, Tensor v) => (Tensor)Unit.Value.invoke("causal_attention", q, k, v);

    /// <summary>Writes the gradient of silu(x).</summary>
    /// <param name="gradient">Of the result.</param>
    /// <param name="x">What silu got.</param>
    /// <param name="result">Is written to; of the shape of x, any strides.</param>
    public static void SiluBackward(Tensor gradient, Tensor x, Tensor result)
    {
        using Tensor same = (Tensor)Unit.Value.invoke("silu_backward", gradient, x, result);
    }
}
