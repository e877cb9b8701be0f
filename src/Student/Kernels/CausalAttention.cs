using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Causal attention with grouped query heads (arXiv 2305.13245) and rotary positions from 0, from the projections of q, k and v to the mixed
/// values. The fused one computes a head at a time and in blocks of rows, keeps the logarithm of each row's sum and computes the weights
/// again for the gradient (arXiv 2205.14135).
/// </summary>
internal static class CausalAttention
{
    /// <summary>Applies it.</summary>
    /// <param name="qkv">[B, T, (H + 2 K) D].</param>
    /// <param name="shape">The heads.</param>
    /// <param name="rotary">At least T positions.</param>
    /// <returns>[B, T, H D].</returns>
    public static Tensor Apply(Tensor qkv, AttentionShape shape, RotaryTable rotary)
    {
        if (Fused.Takes(qkv))
        {
            if (Fused.Differentiates(qkv))
            {
                return Attention.apply(qkv, shape, rotary);
            }

            (Tensor mixed, Tensor sums) = Forward(qkv, shape, rotary);
            sums.Dispose();
            return mixed;
        }

        long rows = qkv.shape[0];
        long length = qkv.shape[1];
        Tensor cos = rotary.Cos.narrow(0, 0, length).view(1, 1, length, -1);
        Tensor sin = rotary.SignedSin.narrow(0, 0, length).view(1, 1, length, -1);
        (Tensor q, Tensor k, Tensor v) = Heads(qkv, shape, cos, sin);
        return scaled_dot_product_attention(q, Repeat(k, shape.Group), Repeat(v, shape.Group), is_casual: true) // [B, H, T, D]
            .transpose(1, 2).reshape(rows, length, -1);
    }

    /// <summary>Splits projections into heads, [B, heads, T, D] each, and rotates q and k.</summary>
    public static (Tensor Q, Tensor K, Tensor V) Heads(Tensor qkv, AttentionShape shape, Tensor cos, Tensor sin)
    {
        Tensor all = qkv.view(qkv.shape[0], qkv.shape[1], shape.Queries + (2 * shape.Keys), -1).transpose(1, 2);
        Tensor rotated = RotaryTable.Rotate(all.narrow(1, 0, shape.Queries + shape.Keys), cos, sin);
        return (rotated.narrow(1, 0, shape.Queries), rotated.narrow(1, shape.Queries, shape.Keys), all.narrow(1, shape.Queries + shape.Keys, shape.Keys));
    }

    private static Tensor Repeat(Tensor heads, int times) => times == 1 ? heads : heads.repeat_interleave(times, 1);

    private static unsafe (Tensor Mixed, Tensor Sums) Forward(Tensor qkv, AttentionShape shape, RotaryTable rotary)
    {
        using Tensor rows = qkv.contiguous();
        int batch = (int)qkv.shape[0];
        int length = (int)qkv.shape[1];
        Tensor mixed = empty([batch, length, shape.Mixed]);
        Tensor sums = empty([batch, shape.Queries, length]);
        AttentionHead head = new(shape, length, Fused.Data(rotary.Cos), Fused.Data(rotary.SignedSin));
        float* px = Fused.Data(rows);
        float* py = Fused.Data(mixed);
        float* pl = Fused.Data(sums);
        Fused.Share(batch * shape.Keys, 1, (from, to) =>
        {
            using Scratch scratch = new(head.ForwardScratch);
            for (int i = from; i < to; i++)
            {
                (nint row, int key) = Math.DivRem(i, shape.Keys);
                head.Forward(px + (row * length * shape.Row), key, py + (row * length * shape.Mixed), pl + (row * shape.Queries * length), scratch);
            }
        });
        return (mixed, sums);
    }

    private static unsafe Tensor Backward(Tensor qkv, Tensor mixed, Tensor sums, Tensor gradient, AttentionShape shape, RotaryTable rotary)
    {
        using Tensor rows = qkv.contiguous();
        using Tensor dy = gradient.contiguous();
        int batch = (int)qkv.shape[0];
        int length = (int)qkv.shape[1];
        Tensor dx = empty(qkv.shape);
        AttentionHead head = new(shape, length, Fused.Data(rotary.Cos), Fused.Data(rotary.SignedSin));
        float* px = Fused.Data(rows);
        float* py = Fused.Data(mixed);
        float* pl = Fused.Data(sums);
        float* pdy = Fused.Data(dy);
        float* pdx = Fused.Data(dx);
        Fused.Share(batch * shape.Keys, 1, (from, to) =>
        {
            using Scratch scratch = new(head.BackwardScratch);
            for (int i = from; i < to; i++)
            {
                (nint row, int key) = Math.DivRem(i, shape.Keys);
                nint input = row * length * shape.Row;
                nint output = row * length * shape.Mixed;
                head.Backward(px + input, key, py + output, pl + (row * shape.Queries * length), pdy + output, pdx + input, scratch);
            }
        });
        return dx;
    }

    private sealed class Attention : autograd.SingleTensorFunction<Attention>
    {
        public override string Name => nameof(CausalAttention);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor qkv = (Tensor)vars[0];
            (Tensor mixed, Tensor sums) = Forward(qkv, (AttentionShape)vars[1], (RotaryTable)vars[2]);

            // A detached view: an output that its own node saves would never be freed.
            ctx.save_for_backward([qkv, mixed.detach(), sums]);
            ctx.save_data("shape", vars[1]);
            ctx.save_data("rotary", vars[2]);
            return mixed;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            Tensor dx = Backward(saved[0], saved[1], saved[2], grad_output, (AttentionShape)ctx.get_data("shape"), (RotaryTable)ctx.get_data("rotary"));
            return [dx, null!, null!];
        }
    }
}
