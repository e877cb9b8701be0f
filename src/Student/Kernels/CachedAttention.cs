using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Attention of new positions to cached ones and to themselves, for one step of all layers.</summary>
/// <param name="shape">The heads.</param>
/// <param name="rotary">Positions count from 0 in each row, behind its pads.</param>
/// <param name="cache">Is extended.</param>
/// <param name="length">New positions T; several only when the cache is empty.</param>
internal sealed unsafe class CachedAttention(AttentionShape shape, RotaryTable rotary, KeyValueCache cache, int length)
{
    private readonly (Tensor Cos, Tensor Sin, Tensor Mask)? _tables = TablesOf(rotary, cache, length);

    /// <summary>Applies it, and writes new keys and values of a layer into the cache.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="qkv">[B, T, (H + 2 K) D].</param>
    /// <returns>[B, T, H D].</returns>
    public Tensor Apply(int layer, Tensor qkv) => Fused.Takes(qkv) ? ApplyFused(layer, qkv) : ApplyTorch(layer, qkv);

    private Tensor ApplyTorch(int layer, Tensor qkv)
    {
        (Tensor cos, Tensor sin, Tensor mask) = _tables!.Value;
        (Tensor q, Tensor k, Tensor v) = CausalAttention.Heads(qkv, shape, cos, sin);
        (Tensor keys, Tensor values) = cache.Append(layer, k, v); // [B, K, S, D]
        Tensor mixed = Fused.OfTorch(qkv) ? Mix(q, keys, values, mask) : MixPortably(q, keys, values, mask); // [B, H, T, D]
        return mixed.transpose(1, 2).reshape(qkv.shape[0], length, -1);
    }

    // Without a matrix of scores, which has gigabytes for the prompts of a batch. One new position of the query heads that share a key head is as good as several positions of one head.
    private Tensor Mix(Tensor q, Tensor keys, Tensor values, Tensor mask) => length == 1
        ? nn.functional.scaled_dot_product_attention(q.reshape(q.shape[0], shape.Keys, shape.Group, -1), keys, values, mask.expand(-1, shape.Keys, shape.Group, -1)).reshape(q.shape)
        : nn.functional.scaled_dot_product_attention(q, CausalAttention.Repeat(keys, shape.Group), CausalAttention.Repeat(values, shape.Group), mask);

    private Tensor MixPortably(Tensor q, Tensor keys, Tensor values, Tensor mask)
    {
        Tensor grouped = q.reshape(q.shape[0], shape.Keys, shape.Group * length, -1);
        Tensor scores = matmul(grouped, keys.transpose(-1, -2)).MultiplyInPlace(1 / Math.Sqrt(shape.Width)); // [B, K, G T, S]
        scores = scores.view(q.shape[0], -1, length, scores.shape[^1]).AddInPlace(mask);
        Tensor weights = softmax(scores, -1).view(grouped.shape[0], shape.Keys, shape.Group * length, -1);
        return matmul(weights, values).view(q.shape);
    }

    private static (Tensor Cos, Tensor Sin, Tensor Mask)? TablesOf(RotaryTable rotary, KeyValueCache cache, int length)
    {
        cache.Require(length);
        Limits.Length((long)cache.Length + length, rotary.Length);
        if (Fused.Takes(cache.Layer(0).Keys))
        {
            return null;
        }

        using Tensor at = cache.Positions(length);
        return (rotary.Cos.index_select(0, at), rotary.SignedSin.index_select(0, at), cache.Mask(length));
    }

    private Tensor ApplyFused(int layer, Tensor qkv)
    {
        Limits.Require(qkv.numel() == (long)cache.Padding.Length * length * shape.Row && qkv.shape[0] == cache.Padding.Length, nameof(qkv));
        Tensor mixed = empty([qkv.shape[0], length, shape.Mixed]);
        float* x = Fused.Data(qkv);
        float* y = Fused.Data(mixed);
        (Tensor allKeys, Tensor allValues) = cache.Layer(layer);
        float* keys = Fused.Data(allKeys);
        float* values = Fused.Data(allValues);
        float* cos = Fused.Data(rotary.Cos);
        float* sin = Fused.Data(rotary.SignedSin);
        int head = cache.Capacity * shape.Width;
        Fused.Share((int)qkv.shape[0] * shape.Keys, 8, (from, to) =>
        {
            using Scratch scratch = new(cache.Capacity + shape.Width);
            float* scores = scratch.Take(cache.Capacity);
            float* query = scratch.Take(shape.Width);
            for (int i = from; i < to; i++)
            {
                (nint row, int key) = Math.DivRem(i, shape.Keys);
                Head(x + (row * length * shape.Row), key, cache.Padding[row], keys + ((nint)i * head), values + ((nint)i * head), cos, sin, y + (row * length * shape.Mixed), scores, query);
            }
        });
        return mixed;
    }

    private void Head(float* qkv, int key, int padding, float* keys, float* values, float* cos, float* sin, float* mixed, float* scores, float* query)
    {
        int width = shape.Width;
        for (int t = 0; t < length; t++)
        {
            int at = cache.Length + t;
            float* row = qkv + ((nint)t * shape.Row);
            nint angle = (nint)Math.Max(0, at - padding) * width;
            Rotation.Apply(row + ((shape.Queries + key) * width), cos + angle, sin + angle, 1, keys + (at * width), width);
            new Span<float>(row + ((shape.Queries + shape.Keys + key) * width), width).CopyTo(new Span<float>(values + (at * width), width));

            // A pad sees itself alone: something finite.
            int first = Math.Min(padding, at);
            int count = at + 1 - first;
            for (int h = key * shape.Group; h < (key + 1) * shape.Group; h++)
            {
                Rotation.Apply(row + (h * width), cos + angle, sin + angle, shape.Scale, query, width);
                Dots(query, keys + (first * width), count, scores);
                float sum = VectorMath.ExpInPlace(scores, VectorMath.Max(scores, count), count);
                Mix(scores, 1 / sum, values + (first * width), count, mixed + ((nint)t * shape.Mixed) + (h * width));
            }
        }
    }

    // Eight keys at a time where whole vectors fill a head.
    private void Dots(float* query, float* keys, int count, float* scores)
    {
        int width = shape.Width;
        int s = 0;
        for (; width % VectorMath.Width == 0 && s <= count - 8; s += 8)
        {
            float* k = keys + (s * width);
            Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
            for (int i = 0; i < width; i += VectorMath.Width, k += VectorMath.Width)
            {
                Vector256<float> q = Vector256.Load(query + i);
                a = Vector256.FusedMultiplyAdd(q, Vector256.Load(k), a);
                b = Vector256.FusedMultiplyAdd(q, Vector256.Load(k + width), b);
                c = Vector256.FusedMultiplyAdd(q, Vector256.Load(k + (2 * width)), c);
                d = Vector256.FusedMultiplyAdd(q, Vector256.Load(k + (3 * width)), d);
                e = Vector256.FusedMultiplyAdd(q, Vector256.Load(k + (4 * width)), e);
                f = Vector256.FusedMultiplyAdd(q, Vector256.Load(k + (5 * width)), f);
                g = Vector256.FusedMultiplyAdd(q, Vector256.Load(k + (6 * width)), g);
                h = Vector256.FusedMultiplyAdd(q, Vector256.Load(k + (7 * width)), h);
            }

            Vector256<float> low = Avx.HorizontalAdd(Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d));
            Vector256<float> high = Avx.HorizontalAdd(Avx.HorizontalAdd(e, f), Avx.HorizontalAdd(g, h));
            (Avx.Permute2x128(low, high, 0x20) + Avx.Permute2x128(low, high, 0x31)).Store(scores + s);
        }

        for (; s < count; s++)
        {
            scores[s] = VectorMath.Dot(query, keys + (s * width), width);
        }
    }

    // Four chains a vector: one would wait for itself.
    private void Mix(float* weights, float scale, float* values, int count, float* mixed)
    {
        int width = shape.Width;
        int i = 0;
        for (; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            float* v = values + i;
            int s = 0;
            for (; s <= count - 4; s += 4, v += 4 * width)
            {
                a = Vector256.FusedMultiplyAdd(Vector256.Create(weights[s]), Vector256.Load(v), a);
                b = Vector256.FusedMultiplyAdd(Vector256.Create(weights[s + 1]), Vector256.Load(v + width), b);
                c = Vector256.FusedMultiplyAdd(Vector256.Create(weights[s + 2]), Vector256.Load(v + (2 * width)), c);
                d = Vector256.FusedMultiplyAdd(Vector256.Create(weights[s + 3]), Vector256.Load(v + (3 * width)), d);
            }

            for (; s < count; s++, v += width)
            {
                a = Vector256.FusedMultiplyAdd(Vector256.Create(weights[s]), Vector256.Load(v), a);
            }

            (((a + b) + (c + d)) * scale).Store(mixed + i);
        }

        for (; i < width; i++)
        {
            float sum = 0;
            for (int s = 0; s < count; s++)
            {
                sum = MathF.FusedMultiplyAdd(weights[s], values[(s * width) + i], sum);
            }

            mixed[i] = sum * scale;
        }
    }
}
