using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Attention of new positions of one row to its cached ones and to themselves, for the query heads that share a key head, on one thread.</summary>
/// <param name="shape">The heads.</param>
/// <param name="filled">Positions that the cache has, pads included.</param>
/// <param name="added">New positions T of the row.</param>
/// <param name="cos">[positions, D].</param>
/// <param name="sin">Likewise, signed.</param>
internal sealed unsafe class CachedHead(AttentionShape shape, int filled, int added, float* cos, float* sin)
{
    /// <summary>Floats that <see cref="Forward"/> needs.</summary>
    public int ForwardScratch => filled + added + shape.Width;

    /// <summary>Writes new keys and values into the cache, and mixes.</summary>
    /// <param name="qkv">[T, (H + 2 K) D].</param>
    /// <param name="key">The key head.</param>
    /// <param name="padding">Pads on the left of the row; positions count from 0 behind them.</param>
    /// <param name="keys">[capacity, D] of the cache.</param>
    /// <param name="values">[capacity, D] of the cache.</param>
    /// <param name="mixed">[T, H D]: the query heads of this key head are written.</param>
    /// <param name="scratch">Of <see cref="ForwardScratch"/> floats.</param>
    public void Forward(float* qkv, int key, int padding, float* keys, float* values, float* mixed, Scratch scratch)
    {
        float* scores = scratch.Take(filled + added);
        float* query = scratch.Take(shape.Width);
        int width = shape.Width;
        for (int t = 0; t < added; t++)
        {
            int at = filled + t;
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
