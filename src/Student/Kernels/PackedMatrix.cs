using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// The right side of many products, copied once into the order in which <see cref="Gemm"/> reads it: for each block of its rows, panels of
/// 16 columns, the last filled up with zeros.
/// </summary>
internal sealed unsafe class PackedMatrix : IDisposable
{
    private const int Alignment = 64;
    private const int LeastElements = 1 << 16;
    private readonly float* _panels;
    private readonly int _width;

    /// <summary>Allocates a matrix whose elements are not set yet.</summary>
    /// <param name="rows">K of a product.</param>
    /// <param name="columns">N of a product.</param>
    public PackedMatrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        _width = Gemm.WholeTiles(columns);
        _panels = (float*)NativeMemory.AlignedAlloc((nuint)rows * (nuint)_width * sizeof(float), Alignment);
    }

    private PackedMatrix(int rows, int columns, Matrix matrix)
        : this(rows, columns) =>
        Threads.Share(_width / Gemm.TileColumns, LeastElements / (rows * Gemm.TileColumns), (from, to) =>
        {
            for (int depth = 0; depth < rows; depth += Gemm.DepthBlock)
            {
                int length = Math.Min(Gemm.DepthBlock, rows - depth);
                int first = from * Gemm.TileColumns;
                Gemm.PackB(
                    0, Math.Min(to * Gemm.TileColumns, columns) - first, length, matrix.At(depth, first), Panels(depth) + ((nint)first * length), length);
            }
        });

    /// <summary>Packs a matrix that is given by its strides.</summary>
    public static PackedMatrix Of(int rows, int columns, Matrix matrix) => new(rows, columns, matrix);

    /// <summary>A matrix as it is, [N, K] row-major.</summary>
    public static PackedMatrix Of(Tensor weight) =>
        new((int)weight.shape[0], (int)weight.shape[1], new Matrix(TensorMemory.Floats(weight), (nint)weight.shape[1], 1));

    /// <summary>The transpose of a matrix: what x W^T multiplies by.</summary>
    public static PackedMatrix Transposed(Tensor weight) =>
        new((int)weight.shape[1], (int)weight.shape[0], new Matrix(TensorMemory.Floats(weight), 1, (nint)weight.shape[1]));

    /// <summary>Rows, K of a product.</summary>
    public int Rows { get; }

    /// <summary>Columns, N of a product.</summary>
    public int Columns { get; }

    /// <summary>Copies consecutive rows into the panels.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="source">[count, N].</param>
    public void Set(int start, int count, float* source)
    {
        Limits.Require(start >= 0 && count >= 0 && start + count <= Rows, nameof(start));
        for (int row = start; row < start + count;)
        {
            int depth = row / Gemm.DepthBlock * Gemm.DepthBlock;
            int room = Math.Min(Gemm.DepthBlock, Rows - depth);
            int length = Math.Min(depth + room, start + count) - row;
            Gemm.PackB(
                0, Columns, length, new Matrix(source + ((nint)(row - start) * Columns), Columns, 1), Panels(depth) + ((row - depth) * Gemm.TileColumns), room);
            row += length;
        }
    }

    /// <summary>The panels of the block that begins at a row.</summary>
    public float* Panels(int depth) => _panels + ((nint)depth * _width);

    /// <inheritdoc />
    public void Dispose() => NativeMemory.AlignedFree(_panels);
}
