using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>RMSNorm (arXiv 1910.07467) of the residual stream, together with the addition to the stream before it.</summary>
internal static unsafe class RmsNorm
{
    // Rows whose gradients of the weight are added up together: fixed, so that the sum does not depend on the number of threads.
    private const int Block = 256;
    private const int LeastRows = 64;

    /// <summary>x + y, and its norm.</summary>
    /// <param name="x">[..., C]: the stream.</param>
    /// <param name="y">[..., C]: what a layer adds to it; null for nothing.</param>
    /// <param name="weight">[C].</param>
    /// <param name="epsilon">Added to the mean square.</param>
    public static (Tensor Sum, Tensor Normal) Apply(Tensor x, Tensor? y, Tensor weight, double epsilon)
    {
        if (!Fused.Takes(x))
        {
            Tensor sum = y is null ? x : x + y;
            return (sum, sum * sum.square().mean([-1], true).add_(epsilon).rsqrt_() * weight);
        }

        if (!Fused.Differentiates(x, y, weight))
        {
            (Tensor sum, Tensor normal, Tensor scales) = Forward(x, y, weight, (float)epsilon);
            scales.Dispose();
            return (sum, normal);
        }

        if (y is null)
        {
            return (x, Norm.apply(x, weight, (float)epsilon));
        }

        List<Tensor> both = AddNorm.apply(x, y, weight, (float)epsilon);
        return (both[0], both[1]);
    }

    private static (Tensor Sum, Tensor Normal, Tensor Scales) Forward(Tensor x, Tensor? y, Tensor weight, float epsilon)
    {
        using Tensor left = x.contiguous();
        using Tensor? right = y?.contiguous();
        int width = (int)x.shape[^1];
        int rows = (int)(x.numel() / width);
        Tensor sum = y is null ? x : empty(x.shape);
        Tensor normal = empty(x.shape);
        Tensor scales = empty([rows]);
        float* px = Fused.Data(left);
        float* py = right is null ? null : Fused.Data(right);
        float* ps = y is null ? px : Fused.Data(sum);
        float* pw = Fused.Data(weight);
        float* pn = Fused.Data(normal);
        float* pr = Fused.Data(scales);
        Fused.Share(rows, LeastRows, (from, to) =>
        {
            for (nint row = from; row < to; row++)
            {
                nint at = row * width;
                if (py is not null)
                {
                    Add(px + at, py + at, ps + at, width);
                }

                pr[row] = 1 / MathF.Sqrt((VectorMath.Dot(ps + at, ps + at, width) / width) + epsilon);
                Scale(ps + at, pr[row], pw, pn + at, width);
            }
        });
        return (sum, normal, scales);
    }

    private static (Tensor Dx, Tensor Dw) Backward(Tensor x, Tensor scales, Tensor weight, Tensor? dSum, Tensor dNormal)
    {
        using Tensor rows = x.contiguous();
        using Tensor? ds = dSum?.contiguous();
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

    // n = x r w with r = (mean x^2 + e)^(-1/2): dx = r w dn - x r^3 / C sum(w dn x), and the gradient of the sum passes.
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
            Vector256<float> through = ds is null ? default : Vector256.Load(ds + i);
            through = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), share, through);
            Vector256.FusedMultiplyAdd(Vector256.Load(dn + i) * scale, Vector256.Load(w + i), through).Store(dx + i);
        }

        for (; i < width; i++)
        {
            dx[i] = (dn[i] * r * w[i]) + (x[i] * shared) + (ds is null ? 0 : ds[i]);
        }
    }

    private static void Add(float* x, float* y, float* sum, int width)
    {
        int i = 0;
        for (; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            (Vector256.Load(x + i) + Vector256.Load(y + i)).Store(sum + i);
        }

        for (; i < width; i++)
        {
            sum[i] = x[i] + y[i];
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

    private sealed class Norm : autograd.SingleTensorFunction<Norm>
    {
        public override string Name => nameof(Norm);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            (_, Tensor normal, Tensor scales) = Forward((Tensor)vars[0], null, (Tensor)vars[1], (float)vars[2]);
            ctx.save_for_backward([(Tensor)vars[0], scales, (Tensor)vars[1]]);
            return normal;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            (Tensor dx, Tensor dw) = Backward(saved[0], saved[1], saved[2], null, grad_output);
            return [dx, dw, null!];
        }
    }

    private sealed class AddNorm : autograd.MultiTensorFunction<AddNorm>
    {
        public override string Name => nameof(AddNorm);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            (Tensor sum, Tensor normal, Tensor scales) = Forward((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (float)vars[3]);

            // A detached view: an output that its own node saves would never be freed.
            ctx.save_for_backward([sum.detach(), scales, (Tensor)vars[2]]);
            return [sum, normal];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            (Tensor dx, Tensor dw) = Backward(saved[0], saved[1], saved[2], grad_outputs[0], grad_outputs[1]);
            return [dx, dx.alias(), dw, null!];
        }
    }
}
