using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>The linear layer y = x W^T + bias: in float32 on the CPU by <see cref="Gemm"/>, with its gradients; otherwise by torch.</summary>
internal static class LinearProduct
{
    /// <summary>Applies the layer.</summary>
    /// <param name="x">[..., K].</param>
    /// <param name="weight">[N, K] of the same type.</param>
    /// <param name="bias">[N], or null.</param>
    /// <param name="residual">[..., N]: what the result is added to; null for nothing.</param>
    /// <returns>[..., N].</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias = null, Tensor? residual = null)
    {
        if (Fused.OfTorch(x))
        {
            Tensor product = nn.functional.linear(x, weight, bias);
            return residual is null ? product : residual.Plus(product);
        }

        Limits.Require(residual is null || (residual.shape[^1] == weight.shape[0] && residual.numel() * weight.shape[1] == x.numel() * weight.shape[0]), nameof(residual));
        bool differentiates = Fused.Differentiates(x, weight, residual);
        bool fused = residual is not null && !differentiates && Fused.Takes(x);
        Tensor y = differentiates ? Product.apply(x, weight) : Forward(x, weight, fused ? residual : null);
        y = bias is null ? y : y.Plus(bias);
        return residual is null || fused ? y : residual.Plus(y);
    }

    /// <summary>A product without a gradient of its own.</summary>
    /// <param name="a">[N, K] contiguous, or [K, N] where <paramref name="transposed"/>.</param>
    /// <param name="b">[K, M] contiguous.</param>
    /// <param name="transposed">Whether the transpose of a counts.</param>
    /// <returns>[N, M].</returns>
    public static unsafe Tensor Multiply(Tensor a, Tensor b, bool transposed = false)
    {
        if (Fused.OfTorch(a))
        {
            return (transposed ? a.t() : a).mm(b);
        }

        (int inner, int outer) = ((int)b.shape[0], (int)b.shape[1]);
        int count = (int)a.shape[transposed ? 1 : 0];
        Limits.Require(a.shape[transposed ? 0 : 1] == inner, nameof(a));
        Tensor y = empty(count, outer);
        Matrix left = transposed ? new Matrix(Fused.Data(a), 1, count) : new Matrix(Fused.Data(a), inner, 1);
        Gemm.Multiply(count, outer, inner, left, new Matrix(Fused.Data(b), outer, 1), Fused.Data(y), Fused.Threads);
        return y;
    }

    private static unsafe Tensor Forward(Tensor x, Tensor weight, Tensor? residual)
    {
        using Tensor rows = x.contiguous();
        int inner = (int)weight.shape[1];
        int outer = (int)weight.shape[0];
        int count = (int)(rows.numel() / inner);
        Limits.Require(x.shape[^1] == inner, nameof(x));
        Tensor y = residual is null ? empty([.. x.shape[..^1], outer]) : residual.contiguous().clone();
        Gemm.Multiply(
            count, outer, inner, new Matrix(Fused.Data(rows), inner, 1), new Matrix(Fused.Data(weight), 1, inner), Fused.Data(y), Fused.Threads, add: residual is not null);
        return y;
    }

    private static unsafe List<Tensor?> Backward(Tensor x, Tensor weight, Tensor gradient)
    {
        using Tensor rows = x.contiguous();
        using Tensor dy = gradient.contiguous();
        int inner = (int)weight.shape[1];
        int outer = (int)weight.shape[0];
        int count = (int)(rows.numel() / inner);
        Limits.Require(dy.numel() == (long)count * outer, nameof(gradient));
        Tensor dx = empty(x.shape);
        fixed (byte* pw = weight.bytes, py = dy.bytes, pdx = dx.bytes)
        {
            Matrix output = new((float*)py, outer, 1);
            Gemm.Multiply(count, inner, outer, output, new Matrix((float*)pw, inner, 1), (float*)pdx, Fused.Threads);
        }

        if (!weight.requires_grad)
        {
            return [dx, null];
        }

        Tensor dw = empty(weight.shape);
        fixed (byte* px = rows.bytes, py = dy.bytes, pdw = dw.bytes)
        {
            Matrix transposed = new((float*)py, 1, outer);
            Gemm.Multiply(outer, inner, count, transposed, new Matrix((float*)px, inner, 1), (float*)pdw, Fused.Threads);
        }

        return [dx, dw];
    }

    private sealed class Product : autograd.SingleTensorFunction<Product>
    {
        public override string Name => nameof(Product);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor x = (Tensor)vars[0];
            Tensor weight = (Tensor)vars[1];
            ctx.save_for_backward([x, weight]);
            return Forward(x, weight, null);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            return Backward(saved[0], saved[1], grad_output)!;
        }
    }
}
