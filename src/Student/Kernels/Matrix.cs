namespace NaturalThoughts.Student.Kernels;

/// <summary>A matrix in memory by its strides, in elements; a transposed view swaps them.</summary>
internal readonly unsafe struct Matrix(float* first, nint rowStride, nint columnStride)
{
    public readonly float* First = first;
    public readonly nint RowStride = rowStride;
    public readonly nint ColumnStride = columnStride;

    /// <summary>The part that begins at an element.</summary>
    public Matrix At(int row, int column) => new(First + (row * RowStride) + (column * ColumnStride), RowStride, ColumnStride);
}
