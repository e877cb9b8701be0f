using System.Buffers;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Matrix products on the CPU. Every element is one chain of fused multiply-adds in the order of k, whatever the tiles, the vector width or
/// the number of threads: the same bits on every processor.
/// </summary>
internal static unsafe partial class Gemm
{
    /// <summary>Rows of a tile of C.</summary>
    public const int TileRows = 6;

    /// <summary>Columns of a tile of C, and of a panel of B.</summary>
    public const int TileColumns = 16;

    /// <summary>Rows of B that are read for a tile at a time.</summary>
    public const int DepthBlock = 256;

    private const int RowBlock = 96;
    private const int ColumnBlock = 256;
    private const int FewRows = 192;
    private const long SmallestShare = 1 << 20;

    /// <summary>C = A B: C is [m, n] row-major, A is [m, k] and B is [k, n] by their strides.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A, rows of B.</param>
    /// <param name="a">First element of A.</param>
    /// <param name="b">First element of B.</param>
    /// <param name="c">First element of C.</param>
    /// <param name="threads">What the work is cut for at most; at least 1.</param>
    /// <param name="add">True for C += A B.</param>
    public static void Multiply(int m, int n, int k, in Matrix a, in Matrix b, float* c, int threads, bool add = false)
    {
        int shares = (int)Math.Clamp((long)m * n * k / SmallestShare, 1, threads);
        if (shares == 1)
        {
            Add(m, n, k, a, b, c, n, add);
            return;
        }

        // Every share packs what it takes of B: few rows are not cut.
        bool byColumns = m < FewRows && n >= shares * TileColumns;
        Matrix left = a;
        Matrix right = b;
        int unit = byColumns ? TileColumns : TileRows;
        int size = byColumns ? n : m;
        int tiles = (size + unit - 1) / unit;
        Threads.Each(shares, 0, (share, _) =>
        {
            int from = tiles * share / shares * unit;
            int count = Math.Min(size, tiles * (share + 1) / shares * unit) - from;
            if (byColumns)
            {
                Add(m, count, k, left, right.At(0, from), c + from, n, add);
            }
            else
            {
                Add(count, n, k, left.At(from, 0), right, c + ((nint)from * n), n, add);
            }
        });
    }

    /// <summary>C = A B, or C += A B where <paramref name="add"/>, on one thread; rows of C are <paramref name="cRow"/> elements apart.</summary>
    public static void Add(int m, int n, int k, in Matrix a, in Matrix b, float* c, nint cRow, bool add)
    {
        // A copy is made of what is read often enough, or lies across its cache lines.
        bool copiesA = a.ColumnStride != 1 && n > 2 * TileColumns;
        bool direct = b.ColumnStride == 1 && m < FewRows;
        float[] panels = direct && n % TileColumns == 0 ? [] : ArrayPool<float>.Shared.Rent(DepthBlock * ColumnBlock);
        float[] tiles = copiesA ? ArrayPool<float>.Shared.Rent(DepthBlock * RowBlock) : [];
        fixed (float* packedB = panels, packedA = tiles)
        {
            for (int depth = 0; depth < k; depth += DepthBlock)
            {
                int length = Math.Min(DepthBlock, k - depth);
                for (int j = 0; j < n; j += ColumnBlock)
                {
                    int columns = Math.Min(ColumnBlock, n - j);
                    Matrix right = b.At(depth, j);
                    PackB(direct ? columns / TileColumns * TileColumns : 0, columns, length, right, packedB, length);
                    for (int i = 0; i < m; i += RowBlock)
                    {
                        int rows = Math.Min(RowBlock, m - i);
                        Matrix left = a.At(i, depth);
                        if (packedA != null)
                        {
                            PackA(rows, length, left, packedA);
                        }

                        Block(rows, columns, length, left, packedA, right, packedB, direct, c + (i * cRow) + j, cRow, add || depth > 0, default);
                    }
                }
            }
        }

        Return(panels);
        Return(tiles);
    }

    /// <summary>C = A B, or C += A B where <paramref name="add"/>, shared by columns: C is [m, n] row-major.</summary>
    public static void Multiply(int m, in Matrix a, PackedMatrix b, float* c, int threads, bool add = false)
    {
        int panels = (b.Columns + TileColumns - 1) / TileColumns;
        int shares = (int)Math.Clamp((long)m * b.Columns * b.Rows / SmallestShare, 1, Math.Min(threads, panels));
        if (shares == 1)
        {
            Add(m, a, b, c, b.Columns, add);
            return;
        }

        Matrix left = a;
        Threads.Each(shares, 0, (share, _) => Add(m, left, b, panels * share / shares, panels * (share + 1) / shares, c, b.Columns, add));
    }

    /// <summary>C = A B, or C += A B where <paramref name="add"/>, on one thread; rows of C are <paramref name="cRow"/> elements apart.</summary>
    public static void Add(int m, in Matrix a, PackedMatrix b, float* c, nint cRow, bool add) =>
        Add(m, a, b, 0, (b.Columns + TileColumns - 1) / TileColumns, c, cRow, add);

    // The columns of the panels [from, to).
    private static void Add(int m, in Matrix a, PackedMatrix b, int from, int to, float* c, nint cRow, bool add)
    {
        int first = from * TileColumns;
        int columns = Math.Min(b.Columns, to * TileColumns) - first;
        float[] tiles = a.ColumnStride == 1 ? [] : ArrayPool<float>.Shared.Rent(DepthBlock * RowBlock);
        fixed (float* packedA = tiles)
        {
            for (int depth = 0; depth < b.Rows; depth += DepthBlock)
            {
                int length = Math.Min(DepthBlock, b.Rows - depth);
                for (int i = 0; i < m; i += RowBlock)
                {
                    int rows = Math.Min(RowBlock, m - i);
                    Matrix left = a.At(i, depth);
                    Matrix next = default;
                    if (packedA != null)
                    {
                        PackA(rows, length, left, packedA);
                        next = i + RowBlock < m ? a.At(i + RowBlock, depth) : depth + DepthBlock < b.Rows ? a.At(0, depth + DepthBlock) : default;
                    }

                    Block(
                        rows, columns, length, left, packedA, default, b.Panels(depth) + ((nint)first * length), false, c + (i * cRow) + first, cRow,
                        add || depth > 0, next);
                }
            }
        }

        Return(tiles);
    }

    /// <summary>Columns filled up to whole tiles.</summary>
    public static int WholeTiles(int columns) => (columns + TileColumns - 1) / TileColumns * TileColumns;

    private static void Return(float[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<float>.Shared.Return(array);
        }
    }

    // A block of C from one of A and all panels of B; next is the left side that will be copied after this one.
    private static void Block(
        int rows, int columns, int length, in Matrix a, float* packedA, in Matrix b, float* packedB, bool direct, float* c, nint cRow, bool add, in Matrix next)
    {
        float* left = packedA == null ? a.First : packedA;
        (nint row, nint aRow, nint aColumn) = packedA == null ? (a.RowStride, a.RowStride, a.ColumnStride) : (length, 1, TileRows);
        int whole = rows / TileRows * TileRows;
        Ahead ahead = new(next, length, columns / TileColumns * (whole / TileRows));
        int j = 0;
        for (; j <= columns - TileColumns; j += TileColumns)
        {
            float* panel = direct ? b.First + j : packedB + (j * length);
            nint panelRow = direct ? b.RowStride : TileColumns;
            float* first = left;
            float* target = c + j;
            for (int i = 0; i < whole; i += TileRows, first += TileRows * row)
            {
                float* following = target + (TileRows * cRow);
                Fetch(following, cRow);
                ahead.Fetch();
                SixRows(length, first, aRow, aColumn, panel, panelRow, target, cRow, add);
                target = following;
            }

            if (whole < rows)
            {
                FewerRows(rows - whole, length, first, aRow, aColumn, panel, panelRow, target, cRow, add);
            }
        }

        if (j < columns)
        {
            Edge(rows, columns - j, length, left, row, aRow, aColumn, packedB + (j * length), c + j, cRow, add);
        }
    }

    // The last columns of a block, which do not fill a panel.
    private static void Edge(int rows, int width, int length, float* left, nint row, nint aRow, nint aColumn, float* panel, float* c, nint cRow, bool add)
    {
        float* edge = stackalloc float[TileRows * TileColumns];
        for (int i = 0; i < rows; i += TileRows)
        {
            int height = Math.Min(TileRows, rows - i);
            float* target = c + (i * cRow);
            for (int r = 0; add && r < height; r++)
            {
                new Span<float>(target + (r * cRow), width).CopyTo(new Span<float>(edge + (r * TileColumns), width));
            }

            Tile(height, length, left + (i * row), aRow, aColumn, panel, edge, add);
            for (int r = 0; r < height; r++)
            {
                new Span<float>(edge + (r * TileColumns), width).CopyTo(new Span<float>(target + (r * cRow), width));
            }
        }
    }
}
