using System.Runtime.Intrinsics;
using NaturalThoughts.Student.Training;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>A step of AdamW (arXiv 1711.05101) in one pass over memory.</summary>
internal static unsafe class AdamW
{
    private const int LeastElements = 16384;

    /// <summary>Changes weights and moments, [n] float32 each.</summary>
    /// <param name="weights">Weights.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="first">First moment.</param>
    /// <param name="second">Second moment.</param>
    /// <param name="options">Decays, weight decay and epsilon.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="root">What the root of the second moment is multiplied by: its bias is corrected.</param>
    /// <param name="size">Learning rate by the correction of the first moment.</param>
    public static void Apply(Tensor weights, Tensor gradient, Tensor first, Tensor second, TrainingOptions options, double rate, double root, double size)
    {
        long count = weights.numel();
        Limits.Require(gradient.numel() == count && first.numel() == count && second.numel() == count, nameof(weights));
        float* pw = Fused.Data(weights);
        float* pg = Fused.Data(gradient);
        float* pm = Fused.Data(first);
        float* pv = Fused.Data(second);
        float keep = (float)(1 - (rate * options.WeightDecay));
        (float keep1, float add1) = ((float)options.Beta1, (float)(1 - options.Beta1));
        (float keep2, float add2) = ((float)options.Beta2, (float)(1 - options.Beta2));
        (float scale, float epsilon, float step) = ((float)root, (float)options.Epsilon, (float)size);

        // Every element by itself: the vectors and the rest round alike.
        Fused.Share(checked((int)count), LeastElements, (from, to) =>
        {
            nint i = from;
            for (; i <= to - VectorMath.Width; i += VectorMath.Width)
            {
                Vector256<float> g = Vector256.Load(pg + i);
                Vector256<float> m = Vector256.FusedMultiplyAdd(g, Vector256.Create(add1), Vector256.Load(pm + i) * keep1);
                Vector256<float> v = Vector256.FusedMultiplyAdd(g * g, Vector256.Create(add2), Vector256.Load(pv + i) * keep2);
                m.Store(pm + i);
                v.Store(pv + i);
                Vector256<float> change = m * step / ((Vector256.Sqrt(v) * scale) + Vector256.Create(epsilon));
                ((Vector256.Load(pw + i) * keep) - change).Store(pw + i);
            }

            for (; i < to; i++)
            {
                pm[i] = MathF.FusedMultiplyAdd(pg[i], add1, pm[i] * keep1);
                pv[i] = MathF.FusedMultiplyAdd(pg[i] * pg[i], add2, pv[i] * keep2);
                pw[i] = (pw[i] * keep) - (pm[i] * step / ((MathF.Sqrt(pv[i]) * scale) + epsilon));
            }
        });
    }
}
