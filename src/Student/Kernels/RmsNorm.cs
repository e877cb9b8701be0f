using System.Runtime.Intrinsics;

namespace NaturalThoughts.Student.Kernels;

/// <summary>RMSNorm (arXiv 1910.07467) of the residual stream.</summary>
internal static unsafe class RmsNorm
{
    /// <summary>Applies it to rows, [N, C] to [N, C], on one thread.</summary>
    /// <param name="x">[N, C].</param>
    /// <param name="count">N.</param>
    /// <param name="width">C.</param>
    /// <param name="weight">[C].</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="normal">[N, C].</param>
    /// <param name="scales">[N]: r = (mean x^2 + e)^(-1/2) of each row; null for nowhere.</param>
    public static void Rows(float* x, int count, int width, float* weight, float epsilon, float* normal, float* scales)
    {
        for (int row = 0; row < count; row++, x += width, normal += width)
        {
            float r = 1 / MathF.Sqrt((VectorMath.Dot(x, x, width) / width) + epsilon);
            if (scales is not null)
            {
                scales[row] = r;
            }

            Vector256<float> scale = Vector256.Create(r);
            int i = 0;
            for (; i <= width - VectorMath.Width; i += VectorMath.Width)
            {
                (Vector256.Load(x + i) * scale * Vector256.Load(weight + i)).Store(normal + i);
            }

            for (; i < width; i++)
            {
                normal[i] = x[i] * r * weight[i];
            }
        }
    }

    /// <summary>
    /// The gradient of rows, and the rows again. n = x r w: dx = r w dn - x r^3 / C sum(w dn x), and what goes around the norm is added.
    /// </summary>
    /// <param name="rows">What the norm was applied to.</param>
    /// <param name="around">[N, C]: the gradient of x from where it goes on without the norm; null for none.</param>
    /// <param name="dNormal">[N, C].</param>
    /// <param name="normal">[N, C]: what <see cref="Rows"/> wrote is written again.</param>
    /// <param name="dx">[N, C].</param>
    /// <param name="dWeight">[C]: is added to.</param>
    public static void BackwardRows(in NormedRows rows, float* around, float* dNormal, float* normal, float* dx, float* dWeight)
    {
        float* x = rows.X;
        int width = rows.Width;
        for (int row = 0; row < rows.Count; row++, x += width, dNormal += width, normal += width, dx += width)
        {
            BackwardRow(x, rows.Scales[row], rows.Weight, around, dNormal, width, normal, dx, dWeight);
            around = around is null ? null : around + width;
        }
    }

    private static void BackwardRow(float* x, float r, float* weight, float* around, float* dNormal, int width, float* normal, float* dx, float* dWeight)
    {
        Vector256<float> sums = default;
        Vector256<float> scale = Vector256.Create(r);
        int i = 0;
        for (; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> value = Vector256.Load(x + i);
            Vector256<float> product = Vector256.Load(dNormal + i) * value;
            Vector256<float> weights = Vector256.Load(weight + i);
            (value * scale * weights).Store(normal + i);
            sums = Vector256.FusedMultiplyAdd(product, weights, sums);
            Vector256.FusedMultiplyAdd(product, scale, Vector256.Load(dWeight + i)).Store(dWeight + i);
        }

        float sum = VectorMath.Sum(sums);
        for (; i < width; i++)
        {
            normal[i] = x[i] * r * weight[i];
            sum += dNormal[i] * x[i] * weight[i];
            dWeight[i] += dNormal[i] * x[i] * r;
        }

        float shared = -sum * r * r * r / width;
        Vector256<float> share = Vector256.Create(shared);
        for (i = 0; i <= width - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> total = around is null ? default : Vector256.Load(around + i);
            total = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), share, total);
            Vector256.FusedMultiplyAdd(Vector256.Load(dNormal + i) * scale, Vector256.Load(weight + i), total).Store(dx + i);
        }

        for (; i < width; i++)
        {
            dx[i] = (dNormal[i] * r * weight[i]) + (x[i] * shared) + (around is null ? 0 : around[i]);
        }
    }
}
