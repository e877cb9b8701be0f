using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>
/// The gradients of <see cref="AdapterProduct"/> over N rows: with U = x A^T, dA = (dy S)^T x, dB = scale dy^T U of the modules' own columns, dx += (dy S) A.
/// </summary>
internal sealed unsafe class AdapterGradient : IDisposable
{
    private readonly AdapterPlace[] _places;
    private readonly PackedMatrix _in; // A^T
    private readonly PackedMatrix _backIn; // A
    private readonly PackedMatrix _backOut; // S
    private readonly PackedMatrix[] _inputs; // scale U of each module, [N, its rank]
    private readonly Tensor _between; // dy S, [N, R]

    private AdapterGradient(LoraLayer lora, string[] modules, int rows)
    {
        AdapterMatrices matrices = new(lora, modules);
        _places = [.. lora.Places(modules)];
        (_in, _backIn, _backOut) = (matrices.A(transposed: true), matrices.A(transposed: false), matrices.S(transposed: false));
        _inputs = Array.ConvertAll(_places, place => new PackedMatrix(rows, place.Pair.Rank));
        _between = empty(rows, _in.Columns);
    }

    /// <summary>Those of modules; null where none has an adapter.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="modules">In the order of the output.</param>
    /// <param name="rows">N.</param>
    public static AdapterGradient? Of(LayerWeights layer, string[] modules, int rows) =>
        layer.Lora?.Adapts(modules) == true ? new(layer.Lora, modules, rows) : null;

    /// <summary>Floats of a row that <see cref="Set"/> takes.</summary>
    public static int ScratchOf(AdapterGradient? adapter) => adapter is null ? 0 : 2 * adapter._in.Columns;

    /// <summary>Adds what comes through the adapters to the gradient of what the modules got, on one thread.</summary>
    /// <param name="dy">[n, M].</param>
    /// <param name="first">The first of the rows.</param>
    /// <param name="count">n.</param>
    /// <param name="dx">[n, K].</param>
    public void AddInputGradient(float* dy, int first, int count, float* dx)
    {
        float* between = Floats(_between) + ((nint)first * _in.Columns);
        Gemm.Add(count, new Matrix(dy, _backOut.Rows, 1), _backOut, between, _in.Columns, false);
        Gemm.Add(count, new Matrix(between, _in.Columns, 1), _backIn, dx, _backIn.Columns, true);
    }

    /// <summary>Keeps what the modules got, for <see cref="Products"/>, on one thread.</summary>
    /// <param name="first">The first of the rows.</param>
    /// <param name="count">n, at most <see cref="Threads.Block"/>.</param>
    /// <param name="x">[n, K].</param>
    /// <param name="scratch">Of <see cref="ScratchOf"/> floats a row.</param>
    public void Set(int first, int count, float* x, Scratch scratch)
    {
        int ranks = _in.Columns;
        float* inputs = scratch.Take(Threads.Block * ranks), own = scratch.Take(Threads.Block * ranks);
        Gemm.Add(count, new Matrix(x, _in.Rows, 1), _in, inputs, ranks, false);
        for (int i = 0; i < _places.Length; i++)
        {
            (LoraPair pair, int _, int rank) = _places[i];
            for (int row = 0; row < count; row++)
            {
                new ReadOnlySpan<float>(inputs + ((nint)row * ranks) + rank, pair.Rank).CopyTo(new Span<float>(own + ((nint)row * pair.Rank), pair.Rank));
            }

            VectorMath.Scale((float)pair.Scale, own, count * pair.Rank);
            _inputs[i].Set(first, count, own);
        }
    }

    /// <summary>The products that give the gradients of A and B.</summary>
    /// <param name="dy">[N, M].</param>
    /// <param name="x">[N, K]: what the modules got.</param>
    public IEnumerable<MatrixGradient> Products(Tensor dy, PackedMatrix x)
    {
        for (int i = 0; i < _places.Length; i++)
        {
            (LoraPair pair, int row, int rank) = _places[i];
            yield return new MatrixGradient(_between, rank, x, pair.A);
            yield return new MatrixGradient(dy, row, _inputs[i], pair.B);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _in.Dispose();
        _backIn.Dispose();
        _backOut.Dispose();
        Array.ForEach(_inputs, inputs => inputs.Dispose());
        _between.Dispose();
    }
}
