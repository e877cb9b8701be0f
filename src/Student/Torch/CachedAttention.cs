using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>Attention of new positions to cached ones and to themselves, for one step of all layers.</summary>
internal sealed class CachedAttention
{
    private readonly AttentionShape _shape;
    private readonly KeyValueCache _cache;
    private readonly int _length;
    private readonly Tensor _cos;
    private readonly Tensor _sin;
    private readonly Tensor _mask;

    /// <param name="parts">The model; positions count from 0 in each row, behind its pads.</param>
    /// <param name="cache">Is extended.</param>
    /// <param name="length">New positions T; several only when the cache is empty.</param>
    public CachedAttention(ModelParts parts, KeyValueCache cache, int length)
    {
        cache.Require(length);
        Limits.Length((long)cache.Length + length, parts.Rotary.Length);
        using Tensor at = cache.Positions(length);
        (_shape, _cache, _length) = (parts.Heads, cache, length);
        (_cos, _sin, _mask) = (parts.Rotary.Cos.index_select(0, at), parts.Rotary.SignedSin.index_select(0, at), cache.Mask(length));
    }

    /// <summary>Applies it, and writes new keys and values of a layer into the cache.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="qkv">[B, T, (H + 2 K) D].</param>
    /// <returns>[B, T, H D].</returns>
    public Tensor Apply(int layer, Tensor qkv)
    {
        (Tensor q, Tensor k, Tensor v) = CausalAttention.Heads(qkv, _shape, _cos, _sin);
        (Tensor keys, Tensor values) = _cache.Append(layer, k, v); // [B, K, S, D]
        return Mix(q, keys, values).transpose(1, 2).reshape(qkv.shape[0], _length, -1);
    }

    // Without a matrix of scores, which has gigabytes for the prompts of a batch. One new position of the query heads that share a key head is as good as
    // several positions of one head.
    private Tensor Mix(Tensor q, Tensor keys, Tensor values) => _length == 1
        ? nn.functional.scaled_dot_product_attention(
            q.reshape(q.shape[0], _shape.Keys, _shape.Group, -1), keys, values, _mask.expand(-1, _shape.Keys, _shape.Group, -1)).reshape(q.shape)
        : nn.functional.scaled_dot_product_attention(q, CausalAttention.Repeat(keys, _shape.Group), CausalAttention.Repeat(values, _shape.Group), _mask);
}
