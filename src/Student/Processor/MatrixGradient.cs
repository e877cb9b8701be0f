using NaturalThoughts.Student.Kernels;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>The gradient dy^T x of the matrix of a product y = x W^T.</summary>
/// <param name="Dy">[at least N, M], contiguous.</param>
/// <param name="Column">The first column of Dy that is of this matrix.</param>
/// <param name="X">[N, K].</param>
/// <param name="Weight">W, [at most M, K]; its gradient is added to.</param>
internal sealed unsafe record MatrixGradient(Tensor Dy, int Column, PackedMatrix X, Tensor Weight)
{
    // Parts of a matrix for each thread: the last ones even the threads out.
    private const int PartsOfAThread = 2;

    /// <summary>The gradient of a matrix, where it wants one, and those of the adapters beside it.</summary>
    public static IEnumerable<MatrixGradient> Of(Tensor dy, PackedMatrix x, Tensor weight, AdapterGradient? adapter) =>
        [.. weight.requires_grad ? (MatrixGradient[])[new MatrixGradient(dy, 0, x, weight)] : [], .. adapter?.Products(dy, x) ?? []];

    /// <summary>Adds gradients to those that the matrices have; ranges of rows side by side.</summary>
    /// <param name="products">Large ones come first, so that no thread is left with one at the end.</param>
    public static void Compute(IReadOnlyList<MatrixGradient> products)
    {
        int parts = PartsOfAThread * Threads.Count;
        (int Outer, nint Dy, nint Row, PackedMatrix X, nint To)[] matrices =
            [.. products.Select(product =>
                ((int)product.Weight.shape[0], (nint)(Floats(product.Dy) + product.Column), (nint)product.Dy.shape[^1], product.X, (nint)Floats(
                    product.Weight.grad!)))];
        Threads.Each(parts * matrices.Length, 0, (i, _) =>
        {
            (int matrix, int part) = Math.DivRem(i, parts);
            (int outer, nint dy, nint row, PackedMatrix x, nint to) = matrices[matrix];
            int tiles = (outer + Gemm.TileRows - 1) / Gemm.TileRows;
            int from = tiles * part / parts * Gemm.TileRows;
            int count = Math.Min(outer, tiles * (part + 1) / parts * Gemm.TileRows) - from;
            Gemm.Add(count, new Matrix((float*)dy + from, 1, row), x, (float*)to + ((nint)from * x.Columns), x.Columns, true);
        });
    }
}
