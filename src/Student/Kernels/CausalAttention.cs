using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Causal attention with grouped query heads (arXiv 2305.13245) and rotary positions from 0, from the projections of q, k and v to the mixed
/// values, by torch's operations; <see cref="AttentionHead"/> is the fused one.
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
}
