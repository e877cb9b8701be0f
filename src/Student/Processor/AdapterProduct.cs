using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;

namespace NaturalThoughts.Student.Processor;

/// <summary>
/// The adapters (arXiv 2106.09685) beside a product, whose output may be of several modules: y += (x A^T) S^T with their matrices A on top of each other, [R,
/// K], and their scaled matrices B on the diagonal of S, [M, R].
/// </summary>
internal sealed unsafe class AdapterProduct : IDisposable
{
    private readonly PackedMatrix _in; // A^T
    private readonly PackedMatrix _out; // S^T

    private AdapterProduct(AdapterMatrices matrices) => (_in, _out) = (matrices.A(transposed: true), matrices.S(transposed: true));

    /// <summary>The adapters of modules; null where none has one.</summary>
    public static AdapterProduct? Of(LayerWeights layer, string[] modules) =>
        layer.Lora?.Adapts(modules) == true ? new(new AdapterMatrices(layer.Lora, modules)) : null;

    /// <summary>Floats of a row that <see cref="Add"/> takes.</summary>
    public static int ScratchOf(AdapterProduct? adapter) => adapter is null ? 0 : adapter._in.Columns;

    /// <summary>Adds what the adapters give, on one thread.</summary>
    /// <param name="x">[n, K]: what the modules got.</param>
    /// <param name="count">n, at most <see cref="Threads.Block"/>.</param>
    /// <param name="y">[n, M].</param>
    /// <param name="scratch">Of <see cref="ScratchOf"/> floats a row.</param>
    public void Add(float* x, int count, float* y, Scratch scratch)
    {
        float* between = scratch.Take(Threads.Block * _in.Columns);
        Gemm.Add(count, new Matrix(x, _in.Rows, 1), _in, between, _in.Columns, false);
        Gemm.Add(count, new Matrix(between, _out.Rows, 1), _out, y, _out.Columns, true);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _in.Dispose();
        _out.Dispose();
    }
}
