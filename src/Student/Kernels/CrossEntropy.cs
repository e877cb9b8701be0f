namespace NaturalThoughts.Student.Kernels;

/// <summary>-log softmax(logits)[target].</summary>
internal static unsafe class CrossEntropy
{
    /// <summary>The loss of one token; the logits become its gradient, (softmax(logits) - 1 at the target) by a factor.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="width">V.</param>
    /// <param name="target">Below V.</param>
    /// <param name="factor">What the gradient is multiplied by.</param>
    public static double LossAndGradient(float* logits, int width, long target, float factor)
    {
        float largest = VectorMath.Max(logits, width);
        double hit = logits[target];
        float sum = VectorMath.ExpInPlace(logits, largest, width);
        double loss = largest + ScalarMath.Log(sum) - hit;
        VectorMath.Scale(factor / sum, logits, width);
        logits[target] -= factor;
        return loss;
    }
}
