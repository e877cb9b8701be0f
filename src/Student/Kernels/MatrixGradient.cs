using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Gradients dy^T x of the matrices of products y = x W^T.</summary>
internal static unsafe class MatrixGradient
{
    // Parts of a matrix for each thread: the last ones even the threads out.
    private const int PartsOfAThread = 2;

    /// <summary>Adds them to those that the matrices have, where they want one; ranges of rows side by side.</summary>
    /// <param name="products">[M, N] dy, M at least the rows of x; x, [M, K]; and W, [N, K]. Large ones come first, so that no thread is left with one at the end.</param>
    public static void Compute(params (Tensor Dy, PackedMatrix X, Tensor Weight)[] products)
    {
        int parts = PartsOfAThread * Fused.Threads;
        (int Outer, nint Dy, PackedMatrix X, nint To)[] matrices =
            [.. products.Where(product => product.Weight.requires_grad).Select(product => ((int)product.Weight.shape[0], (nint)Fused.Data(product.Dy), product.X, (nint)Fused.Data(product.Weight.grad!)))];
        Fused.Each(parts * matrices.Length, 0, (i, _) =>
        {
            (int matrix, int part) = Math.DivRem(i, parts);
            (int outer, nint dy, PackedMatrix x, nint to) = matrices[matrix];
            int tiles = (outer + Gemm.TileRows - 1) / Gemm.TileRows;
            int from = tiles * part / parts * Gemm.TileRows;
            int count = Math.Min(outer, tiles * (part + 1) / parts * Gemm.TileRows) - from;
            Gemm.Add(count, new Matrix((float*)dy + from, 1, outer), x, (float*)to + ((nint)from * x.Columns), x.Columns, true);
        });
    }
}
