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
    /// <returns>[..., N].</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias = null)
    {
        if (x.device_type != DeviceType.CPU || x.dtype != ScalarType.Float32)
        {
            return nn.functional.linear(x, weight, bias);
        }

        Tensor y = is_grad_enabled() && (x.requires_grad || weight.requires_grad)
            ? Product.apply(x, weight)
            : Forward(x, weight);
        return bias is null ? y : y + bias;
    }

    private static unsafe Tensor Forward(Tensor x, Tensor weight)
    {
        using Tensor rows = x.contiguous();
        int inner = (int)weight.shape[1];
        int outer = (int)weight.shape[0];
        int count = (int)(rows.numel() / inner);
        Tensor y = empty([.. x.shape[..^1], outer]);
        fixed (byte* a = rows.bytes, b = weight.bytes, c = y.bytes)
        {
            Gemm.Multiply(count, outer, inner, new Matrix((float*)a, inner, 1), new Matrix((float*)b, 1, inner), (float*)c, get_num_threads());
        }

        return y;
    }

    private static unsafe List<Tensor?> Backward(Tensor x, Tensor weight, Tensor gradient)
    {
        using Tensor rows = x.contiguous();
        using Tensor dy = gradient.contiguous();
        int inner = (int)weight.shape[1];
        int outer = (int)weight.shape[0];
        int count = (int)(rows.numel() / inner);
        Tensor dx = empty(x.shape);
        fixed (byte* pw = weight.bytes, py = dy.bytes, pdx = dx.bytes)
        {
            Matrix output = new((float*)py, outer, 1);
            Gemm.Multiply(count, inner, outer, output, new Matrix((float*)pw, inner, 1), (float*)pdx, get_num_threads());
        }

        if (!weight.requires_grad)
        {
            return [dx, null];
        }

        Tensor dw = empty(weight.shape);
        fixed (byte* px = rows.bytes, py = dy.bytes, pdw = dw.bytes)
        {
            Matrix transposed = new((float*)py, 1, outer);
            Gemm.Multiply(outer, inner, count, transposed, new Matrix((float*)px, inner, 1), (float*)pdw, get_num_threads());
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
            return Forward(x, weight);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            return Backward(saved[0], saved[1], grad_output)!;
        }
    }
}
