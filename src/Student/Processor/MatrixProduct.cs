using System.Runtime.CompilerServices;
using NaturalThoughts.Student.Kernels;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>
/// Products with one matrix: y = x M (+ bias) (+ residual). Each element is one chain of fused multiply-adds that begins with residual and bias, whichever way it
/// is computed: by blocks of rows from a packed copy of the matrix, or, where a copy is not worth it, all rows at once, shared by columns.
/// </summary>
internal sealed unsafe class MatrixProduct : IDisposable
{
    private readonly PackedMatrix? _packed;
    private readonly Matrix _matrix;
    private readonly int _inner;
    private readonly int _outer;

    private MatrixProduct(int inner, int outer, Matrix matrix, PackedMatrix? packed) => (_inner, _outer, _matrix, _packed) = (inner, outer, matrix, packed);

    /// <summary>By a matrix as it is, [K, M].</summary>
    public static MatrixProduct Of(Tensor matrix) => new((int)matrix.shape[0], (int)matrix.shape[1], default, PackedMatrix.Of(matrix));

    /// <summary>By the transpose of a matrix [M, K]: the linear layer of that weight.</summary>
    /// <param name="weight">The matrix.</param>
    /// <param name="rows">Rows that it will be applied to, in blocks of <see cref="Threads.Blocks"/>.</param>
    public static MatrixProduct Transposed(Tensor weight, int rows)
    {
        (int inner, int outer) = ((int)weight.shape[1], (int)weight.shape[0]);
        return new(inner, outer, new Matrix(Floats(weight), 1, inner), rows > Threads.Block ? PackedMatrix.Transposed(weight) : null);
    }

    /// <summary>Applies it to rows; on one thread where there are several blocks of them.</summary>
    /// <param name="x">[count, K].</param>
    /// <param name="count">Rows.</param>
    /// <param name="residual">[count, M], or null; may be <paramref name="y"/>.</param>
    /// <param name="bias">[M], or null.</param>
    /// <param name="y">[count, M].</param>
    public void Apply(float* x, int count, float* residual, float* bias, float* y)
    {
        bool adds = residual is not null || bias is not null;
        for (nint row = 0; row < count && adds; row++)
        {
            float* to = y + (row * _outer);
            float* first = residual is null ? bias : residual + (row * _outer);
            if (first != to)
            {
                Unsafe.CopyBlock(to, first, (uint)(_outer * sizeof(float)));
            }

            if (residual is not null && bias is not null)
            {
                VectorMath.Add(1, bias, to, _outer);
            }
        }

        Matrix left = new(x, _inner, 1);
        if (_packed is null)
        {
            Gemm.Multiply(count, _outer, _inner, left, _matrix, y, Threads.Count, adds);
        }
        else
        {
            Gemm.Add(count, left, _packed, y, _outer, adds);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _packed?.Dispose();
}
