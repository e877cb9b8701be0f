using System.Runtime.Intrinsics;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Rotary positions of one head of one token, by a row of cosines and one of sines whose first half is negated.</summary>
internal static unsafe class Rotation
{
    /// <summary>y = scale (x cos + roll(x) sin).</summary>
    public static void Apply(float* x, float* cos, float* sin, float scale, float* y, int width)
    {
        int half = width / 2;
        int i = 0;
        Vector256<float> factor = Vector256.Create(scale);
        for (; i <= half - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> low = Vector256.Load(x + i);
            Vector256<float> high = Vector256.Load(x + half + i);
            (factor * Vector256.FusedMultiplyAdd(low, Vector256.Load(cos + i), high * Vector256.Load(sin + i))).Store(y + i);
            (factor * Vector256.FusedMultiplyAdd(high, Vector256.Load(cos + half + i), low * Vector256.Load(sin + half + i))).Store(y + half + i);
        }

        for (; i < half; i++)
        {
            (float low, float high) = (x[i], x[half + i]);
            y[i] = scale * ((low * cos[i]) + (high * sin[i]));
            y[half + i] = scale * ((high * cos[half + i]) + (low * sin[half + i]));
        }
    }

    /// <summary>The gradient of x from that of y: the rotation back.</summary>
    public static void Undo(float* dy, float* cos, float* sin, float scale, float* dx, int width)
    {
        int half = width / 2;
        int i = 0;
        Vector256<float> factor = Vector256.Create(scale);
        for (; i <= half - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> low = Vector256.Load(dy + i);
            Vector256<float> high = Vector256.Load(dy + half + i);
            (factor * Vector256.FusedMultiplyAdd(low, Vector256.Load(cos + i), high * Vector256.Load(sin + half + i))).Store(dx + i);
            (factor * Vector256.FusedMultiplyAdd(high, Vector256.Load(cos + half + i), low * Vector256.Load(sin + i))).Store(dx + half + i);
        }

        for (; i < half; i++)
        {
            (float low, float high) = (dy[i], dy[half + i]);
            dx[i] = scale * ((low * cos[i]) + (high * sin[half + i]));
            dx[half + i] = scale * ((high * cos[half + i]) + (low * sin[i]));
        }
    }
}
