using System.Runtime.CompilerServices;
using NaturalThoughts.Student.Kernels;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>
/// Products with one matrix: y = x M (+ bias) (+ residual). Each element is one chain of fused multiply-adds that begins with residual and bias, whichever way
/// it is computed: by blocks of rows from a packed copy of the matrix, or, where a copy is not worth it, all rows at once, shared by columns.
/// </summary>
internal sealed unsafe class MatrixProduct : IDisposable
{
    private readonly Matrix _matrix;
    private readonly int _inner;
    private readonly int _outer;
    private PackedMatrix? _packed;
    private PackedMatrix? _own;
    private int _threads = 1;

    private MatrixProduct(int inner, int outer, Matrix matrix) => (_inner, _outer, _matrix) = (inner, outer, matrix);

    /// <summary>By a matrix as it is, [K, M], applied to blocks of rows by one thread each.</summary>
    public static MatrixProduct Of(Tensor matrix)
    {
        PackedMatrix packed = PackedMatrix.Of(matrix);
        return new((int)matrix.shape[0], (int)matrix.shape[1], default) { _packed = packed, _own = packed };
    }

    /// <summary>By the transpose of a matrix [M, K]: the linear layer of that weight.</summary>
    /// <param name="weight">The matrix.</param>
    /// <param name="kept">The packed copies of the model's matrices, where there are some.</param>
    /// <param name="inBlocks">Whether it will be applied to several blocks of rows, by one thread each; else all threads share one.</param>
    public static MatrixProduct Transposed(Tensor weight, PackedWeights? kept, bool inBlocks)
    {
        (int inner, int outer) = ((int)weight.shape[1], (int)weight.shape[0]);
        PackedMatrix? own = kept is null && inBlocks ? PackedMatrix.Transposed(weight) : null;
        return new(inner, outer, new Matrix(Floats(weight), 1, inner)) { _packed = kept?[weight] ?? own, _own = own, _threads = inBlocks ? 1 : Threads.Count };
    }

    /// <summary>Multiplies rows by the matrix.</summary>
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
            Gemm.Multiply(count, _outer, _inner, left, _matrix, y, _threads, adds);
        }
        else
        {
            Gemm.Multiply(count, left, _packed, y, _threads, adds);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _own?.Dispose();
}
