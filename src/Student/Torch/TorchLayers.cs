using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Torch.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>What a layer is made of, by torch's operations or kernels on a GPU.</summary>
internal static class TorchLayers
{
    /// <summary>Whether autograd is to differentiate by any of these.</summary>
    public static bool Differentiates(params ReadOnlySpan<Tensor> tensors)
    {
        if (is_grad_enabled())
        {
            foreach (Tensor tensor in tensors)
            {
                if (tensor.requires_grad)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>RMSNorm (arXiv 1910.07467), [..., C] to [..., C].</summary>
    /// <param name="x">[..., C].</param>
    /// <param name="weight">[C].</param>
    /// <param name="epsilon">Added to the mean square.</param>
    public static Tensor RmsNorm(Tensor x, Tensor weight, double epsilon)
    {
        if (CudaKernels.Takes(x) && !Differentiates(x, weight))
        {
            using Tensor packed = x.contiguous();
            return CudaKernels.RmsNorm(packed, weight, epsilon);
        }

        return TorchScriptOperations.RmsNorm(x, weight, epsilon);
    }

    /// <summary>The gate of the feed-forward layer, silu(gate) * up (arXiv 2002.05202).</summary>
    /// <param name="both">[..., 2 I]: gate, then up.</param>
    /// <returns>[..., I].</returns>
    public static Tensor SwiGlu(Tensor both)
    {
        if (CudaKernels.Takes(both) && !Differentiates(both))
        {
            using Tensor packed = both.contiguous();
            return CudaKernels.SwiGlu(packed);
        }

        long inner = both.shape[^1] / 2;
        return nn.functional.silu(both.narrow(-1, 0, inner)) * both.narrow(-1, inner, inner);
    }

    /// <summary>The gradient of <see cref="SwiGlu"/>, and the result again.</summary>
    /// <param name="both">[N, 2 I]: gate, then up.</param>
    /// <param name="dGated">[N, I]: of the result.</param>
    /// <returns>[N, I]: the result again; [N, 2 I]: the gradient of <paramref name="both"/>.</returns>
    public static (Tensor Gated, Tensor DBoth) SwiGluBackward(Tensor both, Tensor dGated)
    {
        if (CudaKernels.Takes(both))
        {
            return CudaKernels.SwiGluBackward(both, dGated);
        }

        long inner = dGated.shape[^1];
        (Tensor gate, Tensor up) = (both.narrow(-1, 0, inner), both.narrow(-1, inner, inner));
        Tensor dBoth = empty_like(both);
        Tensor silu = nn.functional.silu(gate);
        TorchScriptOperations.SiluBackward(dGated * up, gate, dBoth.narrow(-1, 0, inner));
        dBoth.narrow(-1, inner, inner).copy_(dGated * silu);
        return (silu.mul_(up), dBoth);
    }

    /// <summary>A linear layer, and its adapters where there are some.</summary>
    /// <param name="layer">Of which it is one.</param>
    /// <param name="x">[..., K].</param>
    /// <param name="weight">[M, K].</param>
    /// <param name="bias">[M], or null.</param>
    /// <param name="modules">That it is made of.</param>
    /// <param name="residual">[..., M]: what the result is added to; null for nothing.</param>
    /// <returns>[..., M].</returns>
    public static Tensor Linear(LayerWeights layer, Tensor x, Tensor weight, Tensor? bias, string[] modules, Tensor? residual = null)
    {
        Tensor product = nn.functional.linear(x, weight, bias);
        Tensor y = residual is null ? product : residual.Plus(product);
        if (layer.Lora?.Adapts(modules) == true)
        {
            TorchAdapters.Add(layer.Lora, y, x, modules);
        }

        return y;
    }

    /// <summary>The gradient of what a linear layer and its adapters get.</summary>
    /// <param name="layer">Of which it is one.</param>
    /// <param name="dy">[N, M]: of the output.</param>
    /// <param name="weight">[M, K].</param>
    /// <param name="modules">As for <see cref="Linear"/>.</param>
    /// <returns>[N, K]; and what <see cref="AddGradients"/> needs of the adapters.</returns>
    public static (Tensor Dx, Tensor? Between) InputGradient(LayerWeights layer, Tensor dy, Tensor weight, string[] modules)
    {
        Tensor dx = dy.mm(weight);
        return (dx, layer.Lora?.Adapts(modules) == true ? TorchAdapters.AddInputGradient(layer.Lora, dx, dy, modules) : null);
    }

    /// <summary>Adds the gradients of a linear layer and its adapters to those that they have.</summary>
    /// <param name="layer">Of which it is one.</param>
    /// <param name="x">[N, K]: what the layer got.</param>
    /// <param name="dy">[N, M]: the gradient of its output.</param>
    /// <param name="weight">[M, K].</param>
    /// <param name="bias">[M], or null.</param>
    /// <param name="modules">As for <see cref="Linear"/>.</param>
    /// <param name="between">From <see cref="InputGradient"/>.</param>
    public static void AddGradients(LayerWeights layer, Tensor x, Tensor dy, Tensor weight, Tensor? bias, string[] modules, Tensor? between)
    {
        if (weight.requires_grad)
        {
            weight.grad!.addmm_(dy.t(), x, 1, 1);
            bias?.grad!.AddInPlace(dy.sum(dim: 0));
        }

        if (between is not null)
        {
            TorchAdapters.AddGradients(layer.Lora!, x, dy, between, modules);
        }
    }
}
