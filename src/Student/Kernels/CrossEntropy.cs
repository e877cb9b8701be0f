using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>The sum over tokens of -log softmax(logits)[target].</summary>
internal static unsafe class CrossEntropy
{
    private const int LeastRows = 16;

    /// <summary>Applies it.</summary>
    /// <param name="logits">[N, V].</param>
    /// <param name="targets">[N] int64, each below V.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Sum(Tensor logits, Tensor targets) => Fused.Takes(logits) && Fused.Differentiates(logits)
        ? Entropy.apply(logits, targets)
        : nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.Sum);

    private static (Tensor Loss, Tensor Sums) Forward(Tensor logits, Tensor targets)
    {
        using Tensor rows = logits.contiguous();
        int count = (int)logits.shape[0];
        int width = (int)logits.shape[1];
        Tensor sums = empty([count]);
        double[] losses = new double[count];
        float* x = Fused.Data(rows);
        float* to = Fused.Data(sums);
        long[] ids = targets.data<long>().ToArray();
        Fused.Share(count, LeastRows, (from, end) =>
        {
            for (int row = from; row < end; row++)
            {
                float* line = x + ((nint)row * width);
                float largest = VectorMath.Max(line, width);
                to[row] = largest + MathF.Log(VectorMath.ExpSum(line, largest, width));
                losses[row] = to[row] - (double)line[ids[row]];
            }
        });
        return (tensor((float)losses.Sum()), sums);
    }

    private static Tensor Backward(Tensor logits, Tensor targets, Tensor sums, float factor)
    {
        using Tensor rows = logits.contiguous();
        int width = (int)logits.shape[1];
        Tensor dx = empty(logits.shape);
        float* x = Fused.Data(rows);
        float* from = Fused.Data(sums);
        float* to = Fused.Data(dx);
        long[] ids = targets.data<long>().ToArray();
        Fused.Share(ids.Length, LeastRows, (start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                float* line = to + ((nint)row * width);
                Softmax(x + ((nint)row * width), from[row], factor, line, width);
                line[ids[row]] -= factor;
            }
        });
        return dx;
    }

    private static void Softmax(float* x, float sum, float factor, float* y, int width)
    {
        Vector256<float> shift = Vector256.Create(sum);
        int i = 0;
        for (; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            (VectorMath.Exp(Vector256.Load(x + i) - shift) * factor).Store(y + i);
        }

        for (; i < width; i++)
        {
            y[i] = VectorMath.Exp(x[i] - sum) * factor;
        }
    }

    private sealed class Entropy : autograd.SingleTensorFunction<Entropy>
    {
        public override string Name => nameof(CrossEntropy);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            (Tensor loss, Tensor sums) = Forward((Tensor)vars[0], (Tensor)vars[1]);
            ctx.save_for_backward([(Tensor)vars[0], (Tensor)vars[1], sums]);
            return loss;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            return [Backward(saved[0], saved[1], saved[2], grad_output.item<float>()), null!];
        }
    }
}
