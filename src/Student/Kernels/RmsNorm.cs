using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>RMSNorm (arXiv 1910.07467) of the residual stream.</summary>
internal static unsafe class RmsNorm
{
    // Rows whose gradients of the weight are added up together: fixed, so that the sum does not depend on the number of threads.
    private const int Block = 256;
    private const int LeastRows = 64;

    /// <summary>The norm of the stream, and the stream to go on with, so that both gradients of it meet here.</summary>
    /// <param name="x">[..., C].</param>
    /// <param name="weight">[C].</param>
    /// <param name="epsilon">Added to the mean square.</param>
    public static (Tensor X, Tensor Normal) Apply(Tensor x, Tensor weight, double epsilon)
    {
        if (!Fused.Takes(x))
        {
            // The mean of squares and the scaling are in float32 whatever the type of the model, as in Transformers.
            Tensor wide = x.to(ScalarType.Float32);
            return (x, (wide * wide.square().mean([-1], true).add_(epsilon).rsqrt_()).to(x.dtype) * weight);
        }

        if (Fused.Differentiates(x, weight))
        {
            List<Tensor> both = Norm.apply(x, weight, (float)epsilon);
            return (both[0], both[1]);
        }

        (Tensor normal, Tensor scales) = Forward(x, weight, (float)epsilon);
        scales.Dispose();
        return (x, normal);
    }

    private static (Tensor Normal, Tensor Scales) Forward(Tensor x, Tensor weight, float epsilon)
    {
        using Tensor stream = x.contiguous();
        int width = (int)x.shape[^1];
        int rows = (int)(x.numel() / width);
        Tensor normal = empty(x.shape);
        Tensor scales = empty([rows]);
        float* px = Fused.Data(stream);
        float* pw = Fused.Data(weight);
        float* pn = Fused.Data(normal);
        float* pr = Fused.Data(scales);
        Fused.Share(rows, LeastRows, (from, to) =>
        {
            for (nint row = from; row < to; row++)
            {
                nint at = row * width;
                pr[row] = 1 / MathF.Sqrt((VectorMath.Dot(px + at, px + at, width) / width) + epsilon);
                Scale(px + at, pr[row], pw, pn + at, width);
            }
        });
        return (normal, scales);
    }

    private static (Tensor Dx, Tensor Dw) Backward(Tensor x, Tensor scales, Tensor weight, Tensor? through, Tensor dNormal)
    {
        using Tensor rows = x.contiguous();
        using Tensor? ds = through?.contiguous();
        using Tensor dn = dNormal.contiguous();
        int width = (int)x.shape[^1];
        int count = (int)(x.numel() / width);
        int blocks = (count + Block - 1) / Block;
        Tensor dx = empty(x.shape);
        using Tensor parts = zeros([blocks, width]);
        float* px = Fused.Data(rows);
        float* pr = Fused.Data(scales);
        float* pw = Fused.Data(weight);
        float* ps = ds is null ? null : Fused.Data(ds);
        float* pn = Fused.Data(dn);
        float* pd = Fused.Data(dx);
        float* pp = Fused.Data(parts);
        Fused.Share(blocks, 1, (from, to) =>
        {
            for (nint row = (nint)from * Block; row < Math.Min((nint)to * Block, count); row++)
            {
                nint at = row * width;
                BackwardRow(px + at, pr[row], pw, ps is null ? null : ps + at, pn + at, pd + at, pp + (row / Block * width), width);
            }
        });
        Tensor dw = zeros([width]);
        float* sum = Fused.Data(dw);
        for (int block = 0; block < blocks; block++)
        {
            VectorMath.Add(1, pp + ((nint)block * width), sum, width);
        }

        return (dx, dw);
    }

    // n = x r w with r = (mean x^2 + e)^(-1/2): dx = r w dn - x r^3 / C sum(w dn x), and the gradient of the stream itself is added.
    private static void BackwardRow(float* x, float r, float* w, float* ds, float* dn, float* dx, float* dw, int width)
    {
        Vector256<float> sums = default;
        Vector256<float> scale = Vector256.Create(r);
        int i = 0;
        for (; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> product = Vector256.Load(dn + i) * Vector256.Load(x + i);
            sums = Vector256.FusedMultiplyAdd(product, Vector256.Load(w + i), sums);
            Vector256.FusedMultiplyAdd(product, scale, Vector256.Load(dw + i)).Store(dw + i);
        }

        float sum = Vector256.Sum(sums);
        for (; i < width; i++)
        {
            sum += dn[i] * x[i] * w[i];
            dw[i] += dn[i] * x[i] * r;
        }

        float shared = -sum * r * r * r / width;
        Vector256<float> share = Vector256.Create(shared);
        for (i = 0; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> sum8 = ds is null ? default : Vector256.Load(ds + i);
            sum8 = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), share, sum8);
            Vector256.FusedMultiplyAdd(Vector256.Load(dn + i) * scale, Vector256.Load(w + i), sum8).Store(dx + i);
        }

        for (; i < width; i++)
        {
            dx[i] = (dn[i] * r * w[i]) + (x[i] * shared) + (ds is null ? 0 : ds[i]);
        }
    }

    private static void Scale(float* x, float r, float* w, float* y, int width)
    {
        Vector256<float> scale = Vector256.Create(r);
        int i = 0;
        for (; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            (Vector256.Load(x + i) * scale * Vector256.Load(w + i)).Store(y + i);
        }

        for (; i < width; i++)
        {
            y[i] = x[i] * r * w[i];
        }
    }

    private sealed class Norm : autograd.MultiTensorFunction<Norm>
    {
        public override string Name => nameof(RmsNorm);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor x = (Tensor)vars[0];
            (Tensor normal, Tensor scales) = Forward(x, (Tensor)vars[1], (float)vars[2]);
            ctx.set_materialize_grads(false);
            ctx.save_for_backward([x, scales, (Tensor)vars[1]]);
            return [x.detach(), normal];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            Tensor? through = grad_outputs[0].IsInvalid ? null : grad_outputs[0];
            Tensor dNormal = grad_outputs[1].IsInvalid ? zeros_like(saved[0]) : grad_outputs[1];
            (Tensor dx, Tensor dw) = Backward(saved[0], saved[1], saved[2], through, dNormal);
            return [dx, dw, null!];
        }
    }
}
