using System.Runtime.Intrinsics;

namespace NaturalThoughts.Student.Kernels;

/// <summary>What a training does with buffers of all parameters, element by element or in sums of a fixed order.</summary>
internal static unsafe class FlatKernels
{
    private const int LeastElements = 16384;

    // Elements whose squares one vector adds up, in a row: the order of the sum is that of these blocks.
    private const int Block = 4096;

    /// <summary>A step of AdamW (arXiv 1711.05101) in one pass over memory.</summary>
    /// <param name="step">Its numbers.</param>
    /// <param name="weights">[n].</param>
    /// <param name="gradient">[n].</param>
    /// <param name="first">[n]: first moment.</param>
    /// <param name="second">[n]: second moment.</param>
    /// <param name="count">n.</param>
    public static void AdamW(AdamWStep step, float* weights, float* gradient, float* first, float* second, long count)
    {
        float keep = (float)(1 - (step.Rate * step.WeightDecay));
        (float keep1, float add1) = ((float)step.Beta1, (float)(1 - step.Beta1));
        (float keep2, float add2) = ((float)step.Beta2, (float)(1 - step.Beta2));
        (float scale, float epsilon, float size) = ((float)step.Root, (float)step.Epsilon, (float)step.Size);

        // Every element by itself: the vectors and the rest round alike.
        Threads.Share(checked((int)count), LeastElements, (from, to) =>
        {
            nint i = from;
            for (; i <= to - VectorMath.Width; i += VectorMath.Width)
            {
                Vector256<float> g = Vector256.Load(gradient + i);
                Vector256<float> m = Vector256.FusedMultiplyAdd(g, Vector256.Create(add1), Vector256.Load(first + i) * keep1);
                Vector256<float> v = Vector256.FusedMultiplyAdd(g * g, Vector256.Create(add2), Vector256.Load(second + i) * keep2);
                m.Store(first + i);
                v.Store(second + i);
                Vector256<float> change = m * size / ((Vector256.Sqrt(v) * scale) + Vector256.Create(epsilon));
                ((Vector256.Load(weights + i) * keep) - change).Store(weights + i);
            }

            for (; i < to; i++)
            {
                first[i] = MathF.FusedMultiplyAdd(gradient[i], add1, first[i] * keep1);
                second[i] = MathF.FusedMultiplyAdd(gradient[i] * gradient[i], add2, second[i] * keep2);
                weights[i] = (weights[i] * keep) - (first[i] * size / ((MathF.Sqrt(second[i]) * scale) + epsilon));
            }
        });
    }

    /// <summary>The sum of squares, blocks of it in float32, their sum in float64.</summary>
    public static double SquaredNorm(float* x, long count)
    {
        int blocks = checked((int)((count + Block - 1) / Block));
        double[] sums = new double[blocks];
        Threads.Share(blocks, LeastElements / Block, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                float* start = x + ((nint)i * Block);
                sums[i] = VectorMath.Dot(start, start, (int)Math.Min(Block, count - ((long)i * Block)));
            }
        });
        double sum = 0;
        foreach (double part in sums)
        {
            sum += part;
        }

        return sum;
    }

    /// <summary>x *= factor, shared by all threads.</summary>
    public static void Scale(float* x, long count, float factor) =>
        Threads.Share(checked((int)count), LeastElements, (from, to) => VectorMath.Scale(factor, x + from, to - from));

    /// <summary>x += y, element by element, shared by all threads.</summary>
    public static void Add(float* x, float* y, long count) =>
        Threads.Share(checked((int)count), LeastElements, (from, to) => VectorMath.Add(1, y + from, x + from, to - from));
}
