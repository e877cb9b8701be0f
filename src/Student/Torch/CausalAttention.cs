using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Torch.Cuda;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NaturalThoughts.Student.Torch;

/// <summary>
/// Causal attention with grouped query heads (arXiv 2305.13245) and rotary positions from 0, from the projections of q, k and v to the mixed
/// values, by torch's operations.
/// </summary>
internal static class CausalAttention
{
    /// <summary>Causal attention of rotated heads: [B, H, T, D], [B, K, T, D], [B, K, T, D] to [B, H, T, D].</summary>
    /// <remarks>In half precision with grouped heads as they are; no kernel of libtorch does that in float32 without a whole matrix of scores.</remarks>
    public static Tensor Mix(Tensor q, Tensor k, Tensor v, AttentionShape shape) => q.dtype == ScalarType.Float32
        ? scaled_dot_product_attention(q, Repeat(k, shape.Group), Repeat(v, shape.Group), is_casual: true)
        : TorchScriptOperations.CausalAttention(q, k, v);

    /// <summary>Splits projections into heads, [B, heads, T, D] each, and rotates q and k, at positions from 0.</summary>
    /// <remarks>Where a kernel does it, in place.</remarks>
    public static (Tensor Q, Tensor K, Tensor V) Heads(Tensor qkv, AttentionShape shape, RotaryTable rotary)
    {
        (Tensor cos, Tensor sin) = Angles(rotary, qkv.shape[1]);
        (Tensor q, Tensor k, Tensor v) = Heads(qkv, shape, cos, sin);
        return (q, k, InPlace(qkv, shape) ? v : v.contiguous()); // whoever keeps v shall not keep all of qkv
    }

    /// <summary>The heads at any positions, rotated.</summary>
    /// <param name="qkv">[B, T, (H + 2 K) D].</param>
    /// <param name="shape">The heads.</param>
    /// <param name="cos">[T, D], or [B T, D] where rows have positions of their own.</param>
    /// <param name="sin">Likewise, signed.</param>
    public static (Tensor Q, Tensor K, Tensor V) Heads(Tensor qkv, AttentionShape shape, Tensor cos, Tensor sin)
    {
        bool inPlace = InPlace(qkv, shape);
        if (inPlace)
        {
            CudaKernels.Rotate(qkv, cos, sin, (int)cos.shape[0], shape.Queries + shape.Keys, shape.Width);
        }

        Tensor all = Split(qkv, shape);
        long[] angles = [-1, 1, qkv.shape[1], shape.Width];
        Tensor rotated = inPlace ? all : RotaryTable.Rotate(all.narrow(1, 0, shape.Queries + shape.Keys), cos.view(angles), sin.view(angles));
        return (rotated.narrow(1, 0, shape.Queries), rotated.narrow(1, shape.Queries, shape.Keys), all.narrow(1, shape.Queries + shape.Keys, shape.Keys));
    }

    /// <summary>The gradient of the projections from those of the heads.</summary>
    /// <param name="dq">[B, H, T, D].</param>
    /// <param name="dk">[B, K, T, D].</param>
    /// <param name="dv">[B, K, T, D].</param>
    /// <param name="rotary">At least T positions.</param>
    /// <returns>[B T, (H + 2 K) D].</returns>
    public static Tensor HeadsBackward(Tensor dq, Tensor dk, Tensor dv, RotaryTable rotary)
    {
        (Tensor cos, Tensor sin) = Angles(rotary, dq.shape[2]);
        if (CudaKernels.Takes(dq) && CudaKernels.Rotates(dq.shape[^1]))
        {
            return CudaKernels.RotateBackward(dq, dk, dv, cos, sin).view(dq.shape[0] * dq.shape[2], -1);
        }

        // Back by the same angles: the rotation by the negative ones is its transpose.
        Tensor heads = cat([RotaryTable.Rotate(cat([dq, dk], 1), cos, -sin), dv], 1); // [B, H + 2 K, T, D]
        return heads.transpose(1, 2).reshape(dq.shape[0] * dq.shape[2], -1);
    }

    /// <summary>Each key or value head once for each query head that shares it: [B, K, T, D] to [B, K times, T, D].</summary>
    public static Tensor Repeat(Tensor heads, int times) => times == 1 ? heads : heads.repeat_interleave(times, 1);

    // [B, H + 2 K, T, D].
    private static Tensor Split(Tensor qkv, AttentionShape shape) => qkv.view(qkv.shape[0], qkv.shape[1], shape.Queries + (2 * shape.Keys), -1).transpose(1, 2);

    // [T, D] each.
    private static (Tensor Cos, Tensor SignedSin) Angles(RotaryTable rotary, long length)
    {
        Limits.Length(length, rotary.Length);
        return (rotary.Cos.narrow(0, 0, length), rotary.SignedSin.narrow(0, 0, length));
    }

    private static bool InPlace(Tensor qkv, AttentionShape shape) =>
        CudaKernels.Takes(qkv) && CudaKernels.Rotates(shape.Width) && !TorchLayers.Differentiates(qkv);
}
