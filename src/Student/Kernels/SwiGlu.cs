using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>The gate of the feed-forward layer, silu(gate) * up (arXiv 2002.05202).</summary>
internal static unsafe class SwiGlu
{
    private const int LeastRows = 64;

    /// <summary>Applies it.</summary>
    /// <param name="both">[..., 2 I]: gate, then up.</param>
    /// <returns>[..., I].</returns>
    public static Tensor Apply(Tensor both)
    {
        long inner = both.shape[^1] / 2;
        if (!Fused.Takes(both))
        {
            return nn.functional.silu(both.narrow(-1, 0, inner)) * both.narrow(-1, inner, inner);
        }

        return Fused.Differentiates(both) ? Gate.apply(both) : Forward(both);
    }

    private static Tensor Forward(Tensor both)
    {
        using Tensor rows = both.contiguous();
        int inner = (int)(both.shape[^1] / 2);
        Tensor y = empty([.. both.shape[..^1], inner]);
        float* x = Fused.Data(rows);
        float* to = Fused.Data(y);
        Fused.Share((int)(rows.numel() / (2 * inner)), LeastRows, (from, end) =>
        {
            for (nint row = from; row < end; row++)
            {
                Forward(x + (row * 2 * inner), to + (row * inner), inner);
            }
        });
        return y;
    }

    private static void Forward(float* x, float* y, int inner)
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

    private static Tensor Backward(Tensor both, Tensor gradient)
    {
        using Tensor rows = both.contiguous();
        using Tensor dy = gradient.contiguous();
        int inner = (int)(both.shape[^1] / 2);
        Tensor dx = empty(both.shape);
        float* x = Fused.Data(rows);
        float* from = Fused.Data(dy);
        float* to = Fused.Data(dx);
        Fused.Share((int)(rows.numel() / (2 * inner)), LeastRows, (start, end) =>
        {
            for (nint row = start; row < end; row++)
            {
                Backward(x + (row * 2 * inner), from + (row * inner), to + (row * 2 * inner), inner);
            }
        });
        return dx;
    }

    // With s = sigmoid(g): d(g s u) / dg = u s (1 + g (1 - s)), and / du = g s.
    private static void Backward(float* x, float* dy, float* dx, int inner)
    {
        int i = 0;
        for (; i <= inner - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> gate = Vector256.Load(x + i);
            Vector256<float> sigmoid = VectorMath.Sigmoid(gate);
            Vector256<float> scaled = Vector256.Load(dy + i) * sigmoid;
            (scaled * Vector256.Load(x + inner + i) * Vector256.FusedMultiplyAdd(gate, Vector256<float>.One - sigmoid, Vector256<float>.One)).Store(dx + i);
            (scaled * gate).Store(dx + inner + i);
        }

        for (; i < inner; i++)
        {
            float sigmoid = 1 / (1 + VectorMath.Exp(-x[i]));
            dx[i] = dy[i] * sigmoid * x[inner + i] * (1 + (x[i] * (1 - sigmoid)));
            dx[inner + i] = dy[i] * sigmoid * x[i];
        }
    }

    private sealed class Gate : autograd.SingleTensorFunction<Gate>
    {
        public override string Name => nameof(SwiGlu);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor both = (Tensor)vars[0];
            ctx.save_for_backward([both]);
            return Forward(both);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [Backward(ctx.get_saved_variables()[0], grad_output)];
    }
}
