using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Causal attention of the query heads of one row that share a key head, on one thread: in blocks of rows; of each row the logarithm of its sum is kept,
/// and the weights are computed again for the gradient (arXiv 2205.14135).
/// </summary>
internal sealed unsafe class AttentionHead(AttentionShape shape, int length, float* cos, float* sin)
{
    // Query rows whose scores lie in memory together: as many as a processor's cache holds, twice, and at least some.
    private const int LeastBlock = 6 * Gemm.TileRows;
    private const int CachedScores = 1 << 15;

    // Of those, rows that are computed to the last key that one of them sees; and keys whose gradients are of the queries from the first one on that sees one
    // of them.
    private const int Step = 2 * Gemm.TileRows;

    // Rows that are asked for before they are read.
    private const int RowsAhead = 8;

    // Keys are filled up to whole columns of a tile of the product; an odd number of cache lines, so that those of many rows have different places.
    private readonly int _room = Gemm.WholeTiles(length) | Gemm.TileColumns;
    private readonly int _width = shape.Width;

    private int Block => Math.Min(length, Math.Max(LeastBlock, CachedScores / _room / Step * Step));

    /// <summary>Floats that <see cref="Forward"/> needs.</summary>
    public int ForwardScratch => (2 * length * _width) + (_room * _width) + (Step * _room);

    /// <summary>Floats that <see cref="Backward"/> needs.</summary>
    public int BackwardScratch => (3 * length * _width) + (2 * _room * _width) + (2 * Block * _room) + (2 * length * _width);

    /// <summary>Writes, for each query head of a key head, the values averaged by the attention weights of each row.</summary>
    /// <param name="qkv">[T, (H + 2 K) D].</param>
    /// <param name="key">The key head.</param>
    /// <param name="mixed">[T, H D]: the query heads of this key head are written.</param>
    /// <param name="sums">[H, T]: the logarithm of the sum of e^score, written likewise.</param>
    /// <param name="scratch">Of <see cref="ForwardScratch"/> floats.</param>
    public void Forward(float* qkv, int key, float* mixed, float* sums, Scratch scratch)
    {
        float* q = scratch.Take(length * _width);
        float* k = scratch.Take(length * _width);
        float* kColumns = scratch.Take(_room * _width);
        float* scores = scratch.Take(Step * _room);
        float* factors = stackalloc float[Step];
        Fetch(qkv + Value(key), length, shape.Row);
        Rotate(qkv + Key(key), 1, k);
        Transposition.Copy(length, _width, k, _width, kColumns, _room);
        Matrix values = new(qkv + Value(key), shape.Row, 1);
        for (int h = key * shape.Group; h < (key + 1) * shape.Group; h++)
        {
            Rotate(qkv + (h * _width), shape.Scale, q);
            for (int i = 0; i < length; i += Step)
            {
                int rows = Math.Min(Step, length - i);
                Products(i, rows, q + (i * _width), _width, kColumns, scores);
                for (int r = 0; r < rows; r++)
                {
                    float* row = scores + (r * _room);
                    int seen = i + r + 1;
                    float largest = VectorMath.Max(row, seen);
                    float sum = VectorMath.ExpInPlace(row, largest, seen);
                    new Span<float>(row + seen, i + rows - seen).Clear();
                    sums[(h * length) + i + r] = largest + (float)ScalarMath.Log(sum);
                    factors[r] = 1 / sum;
                }

                float* to = mixed + ((nint)i * shape.Mixed) + (h * _width);
                Gemm.Add(rows, _width, i + rows, new Matrix(scores, _room, 1), values, to, shape.Mixed, false);
                for (int r = 0; r < rows; r++)
                {
                    VectorMath.Scale(factors[r], to + ((nint)r * shape.Mixed), _width);
                }
            }
        }
    }

    /// <summary>The gradient of <paramref name="qkv"/>, in its place.</summary>
    /// <param name="qkv">As in <see cref="Forward"/>; the heads in question become their gradients.</param>
    /// <param name="key">The key head.</param>
    /// <param name="mixed">What <see cref="Forward"/> wrote.</param>
    /// <param name="sums">What <see cref="Forward"/> wrote.</param>
    /// <param name="dMixed">[T, H D].</param>
    /// <param name="scratch">Of <see cref="BackwardScratch"/> floats.</param>
    public void Backward(float* qkv, int key, float* mixed, float* sums, float* dMixed, Scratch scratch)
    {
        int size = length * _width;
        float* q = scratch.Take(size);
        float* k = scratch.Take(size);
        float* dq = scratch.Take(size);
        float* dk = scratch.Take(size);
        float* dv = scratch.Take(size);
        float* kColumns = scratch.Take(_room * _width);
        float* vColumns = scratch.Take(_room * _width);
        float* weights = scratch.Take(Block * _room);
        float* dScores = scratch.Take(Block * _room);
        Fetch(qkv + Value(key), length, shape.Row);
        Rotate(qkv + Key(key), 1, k);
        Transposition.Copy(length, _width, k, _width, kColumns, _room);
        Transposition.Copy(length, _width, qkv + Value(key), shape.Row, vColumns, _room);
        int block = Block;
        for (int h = key * shape.Group; h < (key + 1) * shape.Group; h++)
        {
            bool add = h > key * shape.Group;
            if (!add)
            {
                new Span<float>(dk, size).Clear();
                new Span<float>(dv, size).Clear();
            }

            Rotate(qkv + (h * _width), shape.Scale, q);
            for (int i = 0; i < length; i += block)
            {
                int rows = Math.Min(block, length - i);
                nint at = ((nint)i * shape.Mixed) + (h * _width);
                for (int r = 0; r < rows; r += Step)
                {
                    int step = Math.Min(Step, rows - r);
                    Fetch(mixed + at + ((nint)r * shape.Mixed), step, shape.Mixed);
                    Fetch(dMixed + at + ((nint)(r + step) * shape.Mixed), Math.Min(Step, rows - r - step), shape.Mixed);
                    Products(i + r, step, q + ((i + r) * _width), _width, kColumns, weights + (r * _room));
                    Products(i + r, step, dMixed + at + ((nint)r * shape.Mixed), shape.Mixed, vColumns, dScores + (r * _room));
                }

                for (int r = 0; r < rows; r++)
                {
                    nint row = at + ((nint)r * shape.Mixed);
                    float delta = VectorMath.Dot(mixed + row, dMixed + row, _width);
                    int seen = i + r + 1;
                    SoftmaxBackward(weights + (r * _room), dScores + (r * _room), sums[(h * length) + i + r], delta, seen);
                    int end = Math.Min(i + rows, (seen + Step - 1) / Step * Step);
                    new Span<float>(weights + (r * _room) + seen, end - seen).Clear();
                    new Span<float>(dScores + (r * _room) + seen, end - seen).Clear();
                }

                for (int j = 0; j < i + rows; j += Step)
                {
                    int keys = Math.Min(Step, i + rows - j);
                    int first = Math.Max(0, j - i);
                    int count = rows - first;
                    nint part = ((nint)first * _room) + j;
                    Gemm.Add(
                        keys, _width, count, new Matrix(weights + part, 1, _room), new Matrix(dMixed + at + ((nint)first * shape.Mixed), shape.Mixed, 1),
                        dv + (j * _width), _width, true);
                    Gemm.Add(
                        keys, _width, count, new Matrix(dScores + part, 1, _room), new Matrix(q + ((i + first) * _width), _width, 1),
                        dk + (j * _width), _width, true);
                }

                for (int r = 0; r < rows; r += Step)
                {
                    int step = Math.Min(Step, rows - r);
                    Gemm.Add(
                        step, _width, i + r + step, new Matrix(dScores + (r * _room), _room, 1), new Matrix(k, _width, 1),
                        dq + ((i + r) * _width), _width, false);
                }
            }

            Undo(dq, shape.Scale, qkv + (h * _width));
        }

        Undo(dk, 1, qkv + Key(key));
        for (int t = 0; t < length; t++)
        {
            new Span<float>(dv + (t * _width), _width).CopyTo(new Span<float>(qkv + ((nint)t * shape.Row) + Value(key), _width));
        }
    }

    // Of rows from a position on with all keys that the last of them sees.
    private void Products(int position, int rows, float* x, nint xRow, float* columns, float* to)
    {
        Gemm.Add(rows, Gemm.WholeTiles(position + rows), _width, new Matrix(x, xRow, 1), new Matrix(columns, _room, 1), to, _room, false);
    }

    // Of softmax: w = e^(s - sum), ds = w (dw - delta) with delta = sum w dw, which is also the product of the row's output and its gradient.
    private static void SoftmaxBackward(float* weights, float* scores, float sum, float delta, int count)
    {
        int i = 0;
        for (; i <= count - VectorMath.Width; i += VectorMath.Width)
        {
            Vector256<float> weight = VectorMath.Exp(Vector256.Load(weights + i) - Vector256.Create(sum));
            weight.Store(weights + i);
            (weight * (Vector256.Load(scores + i) - Vector256.Create(delta))).Store(scores + i);
        }

        if (i < count)
        {
            Vector256<float> first = VectorMath.First(count - i);
            Vector256<float> weight = VectorMath.Exp(Avx.MaskLoad(weights + i, first) - Vector256.Create(sum));
            Avx.MaskStore(weights + i, first, weight);
            Avx.MaskStore(scores + i, first, weight * (Avx.MaskLoad(scores + i, first) - Vector256.Create(delta)));
        }
    }

    private int Key(int key) => (shape.Queries + key) * _width;

    private int Value(int key) => (shape.Queries + shape.Keys + key) * _width;

    // Asks for rows of a head: those of one head lie too far apart in memory to be foreseen.
    private void Fetch(float* from, int rows, nint stride)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int x = 0; x < _width; x += Scratch.Line)
            {
                Sse.Prefetch0(from + (r * stride) + x);
            }
        }
    }

    private void FetchAhead(float* head, int position)
    {
        if (position < length - RowsAhead)
        {
            Fetch(head + ((nint)(position + RowsAhead) * shape.Row), 1, shape.Row);
        }
    }

    private void Rotate(float* head, float scale, float* to)
    {
        for (int t = 0; t < length; t++)
        {
            FetchAhead(head, t);
            Rotation.Apply(head + ((nint)t * shape.Row), cos + (t * _width), sin + (t * _width), scale, to + (t * _width), _width);
        }
    }

    private void Undo(float* from, float scale, float* head)
    {
        for (int t = 0; t < length; t++)
        {
            FetchAhead(head, t);
            Rotation.Undo(from + (t * _width), cos + (t * _width), sin + (t * _width), scale, head + ((nint)t * shape.Row), _width);
        }
    }
}
