using System.Runtime.Intrinsics;

namespace NaturalThoughts.Student.Kernels;

/// <summary>The gate of the feed-forward layer, silu(gate) * up (arXiv 2002.05202).</summary>
internal static unsafe class SwiGlu
{
    /// <summary>Applies it to rows, [N, 2 I] to [N, I], on one thread.</summary>
    public static void Rows(float* x, int count, int inner, float* y)
    {
        for (int row = 0; row < count; row++, x += 2 * inner, y += inner)
        {
            int i = 0;
            for (; i <= inner - VectorMath.Width; i += VectorMath.Width)
            {
                Vector256<float> gate = Vector256.Load(x + i);
                (gate * VectorMath.Sigmoid(gate) * Vector256.Load(x + inner + i)).Store(y + i);
            }

            for (; i < inner; i++)
            {
                y[i] = x[i] * x[inner + i] / (1 + VectorMath.Exp(-x[i]));
            }
        }
    }

    /// <summary>
    /// The gradient of rows in their place, and what <see cref="Rows"/> wrote again. With s = sigmoid(g): d(g s u) / dg = u s (1 + g (1 - s)), and / du = g s.
    /// </summary>
    /// <param name="x">[N, 2 I], as for <see cref="Rows"/>; becomes its gradient.</param>
    /// <param name="dy">[N, I].</param>
    /// <param name="count">N.</param>
    /// <param name="inner">I.</param>
    /// <param name="y">[N, I]: is written again.</param>
    public static void BackwardRows(float* x, float* dy, int count, int inner, float* y)
    {
        for (int row = 0; row < count; row++, x += 2 * inner, dy += inner, y += inner)
        {
            int i = 0;
            for (; i <= inner - VectorMath.Width; i += VectorMath.Width)
            {
                Vector256<float> gate = Vector256.Load(x + i);
                Vector256<float> up = Vector256.Load(x + inner + i);
                Vector256<float> sigmoid = VectorMath.Sigmoid(gate);
                Vector256<float> scaled = Vector256.Load(dy + i) * sigmoid;
                (gate * sigmoid * up).Store(y + i);
                (scaled * up * Vector256.FusedMultiplyAdd(gate, Vector256<float>.One - sigmoid, Vector256<float>.One)).Store(x + i);
                (scaled * gate).Store(x + inner + i);
            }

            for (; i < inner; i++)
            {
                (float gate, float up) = (x[i], x[inner + i]);
                float denominator = 1 + VectorMath.Exp(-gate);
                float sigmoid = 1 / denominator;
                y[i] = gate * up / denominator;
                x[i] = dy[i] * sigmoid * up * (1 + (gate * (1 - sigmoid)));
                x[inner + i] = dy[i] * sigmoid * gate;
            }
        }
    }
}
