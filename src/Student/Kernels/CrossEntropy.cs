using System.Runtime.Intrinsics;

namespace NaturalThoughts.Student.Kernels;

/// <summary>-log softmax(logits)[target].</summary>
internal static unsafe class CrossEntropy
{
    /// <summary>The loss of one token; the logits become its gradient, (softmax(logits) - 1 at the target) by a factor.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="width">V.</param>
    /// <param name="target">Below V.</param>
    /// <param name="factor">What the gradient is multiplied by.</param>
    public static double Differentiate(float* logits, int width, long target, float factor)
    {
        float largest = VectorMath.Max(logits, width);
        float sum = largest + MathF.Log(VectorMath.ExpSum(logits, largest, width));
        double loss = sum - (double)logits[target];
        Vector256<float> shift = Vector256.Create(sum);
        int i = 0;
        for (; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            (VectorMath.Exp(Vector256.Load(logits + i) - shift) * factor).Store(logits + i);
        }

        for (; i < width; i++)
        {
            logits[i] = VectorMath.Exp(logits[i] - sum) * factor;
        }

        logits[target] -= factor;
        return loss;
    }
}
