using System.Runtime.Intrinsics;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Matrix products on the CPU. Every element is one chain of fused multiply-adds in the order of k, whatever the tiles, the vector width or
/// the number of threads: the same bits on every processor. In the portable numerics class the vendor's library computes with 128-bit
/// vectors; this one uses 256.
/// </summary>
internal static unsafe class Gemm
{
    private const int TileRows = 6;
    private const int TileColumns = 16;
    private const int DepthBlock = 256;
    private const long SmallestShare = 1 << 20;

    /// <summary>C = A B: C is [m, n] row-major, A is [m, k] and B is [k, n] by their strides.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A, rows of B.</param>
    /// <param name="a">First element of A.</param>
    /// <param name="b">First element of B.</param>
    /// <param name="c">First element of C; overwritten.</param>
    /// <param name="threads">At least 1.</param>
    public static void Multiply(int m, int n, int k, in Matrix a, in Matrix b, float* c, int threads)
    {
        int shares = (int)Math.Clamp((long)m * n * k / SmallestShare, 1, threads);
        if (shares == 1)
        {
            Rows(0, m, n, k, a, b, c);
            return;
        }

        Matrix left = a;
        Matrix right = b;
        int tiles = (m + TileRows - 1) / TileRows;
        Parallel.For(0, shares, new ParallelOptions { MaxDegreeOfParallelism = shares }, share =>
        {
            int from = tiles * share / shares * TileRows;
            int to = Math.Min(m, tiles * (share + 1) / shares * TileRows);
            Rows(from, to, n, k, left, right, c);
        });
    }

    private static void Rows(int from, int to, int n, int k, in Matrix a, in Matrix b, float* c)
    {
        float* packed = stackalloc float[DepthBlock * TileColumns];
        float* edge = stackalloc float[TileRows * TileColumns];
        for (int depth = 0; depth < k; depth += DepthBlock)
        {
            int length = Math.Min(DepthBlock, k - depth);
            float* aBlock = a.First + (depth * a.ColumnStride);
            float* bBlock = b.First + (depth * b.RowStride);
            for (int j = 0; j < n; j += TileColumns)
            {
                int columns = Math.Min(TileColumns, n - j);
                bool direct = b.ColumnStride == 1 && columns == TileColumns;
                float* panel = direct ? bBlock + j : packed;
                nint panelStride = direct ? b.RowStride : TileColumns;
                if (!direct)
                {
                    Pack(bBlock + (j * b.ColumnStride), length, columns, b, packed);
                }

                for (int i = from; i < to; i += TileRows)
                {
                    int rows = Math.Min(TileRows, to - i);
                    float* aRows = aBlock + (i * a.RowStride);
                    float* target = c + ((nint)i * n) + j;
                    if (columns == TileColumns)
                    {
                        Tile(rows, length, aRows, a, panel, panelStride, target, n, depth > 0);
                    }
                    else
                    {
                        Edge(rows, columns, length, aRows, a, panel, target, n, depth > 0, edge);
                    }
                }
            }
        }
    }

    private static void Pack(float* from, int length, int columns, in Matrix b, float* packed)
    {
        for (int p = 0; p < length; p++)
        {
            for (int j = 0; j < TileColumns; j++)
            {
                packed[(p * TileColumns) + j] = j < columns ? from[(p * b.RowStride) + (j * b.ColumnStride)] : 0;
            }
        }
    }

    private static void Edge(
        int rows, int columns, int length, float* a, in Matrix strides, float* panel, float* target, nint targetStride, bool add, float* edge)
    {
        for (int r = 0; add && r < rows; r++)
        {
            new Span<float>(target + (r * targetStride), columns).CopyTo(new Span<float>(edge + (r * TileColumns), columns));
        }

        Tile(rows, length, a, strides, panel, TileColumns, edge, TileColumns, add);
        for (int r = 0; r < rows; r++)
        {
            new Span<float>(edge + (r * TileColumns), columns).CopyTo(new Span<float>(target + (r * targetStride), columns));
        }
    }

    private static void Tile(
        int rows, int length, float* a, in Matrix strides, float* panel, nint panelStride, float* target, nint targetStride, bool add)
    {
        if (rows == TileRows)
        {
            SixRows(length, a, strides.RowStride, strides.ColumnStride, panel, panelStride, target, targetStride, add);
            return;
        }

        for (int r = 0; r < rows; r++)
        {
            OneRow(length, a + (r * strides.RowStride), strides.ColumnStride, panel, panelStride, target + (r * targetStride), add);
        }
    }

    private static void OneRow(int length, float* a, nint aColumn, float* b, nint bRow, float* c, bool add)
    {
        Vector256<float> left = add ? Vector256.Load(c) : default;
        Vector256<float> right = add ? Vector256.Load(c + 8) : default;
        for (int p = 0; p < length; p++)
        {
            Vector256<float> value = Vector256.Create(*a);
            left = Vector256.FusedMultiplyAdd(value, Vector256.Load(b), left);
            right = Vector256.FusedMultiplyAdd(value, Vector256.Load(b + 8), right);
            a += aColumn;
            b += bRow;
        }

        left.Store(c);
        right.Store(c + 8);
    }

    // Twelve sums stay in registers: six rows of two vectors.
    private static void SixRows(int length, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool add)
    {
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default;
        Vector256<float> s30 = default, s31 = default, s40 = default, s41 = default, s50 = default, s51 = default;
        if (add)
        {
            (s00, s01) = (Vector256.Load(c), Vector256.Load(c + 8));
            (s10, s11) = (Vector256.Load(c + cRow), Vector256.Load(c + cRow + 8));
            (s20, s21) = (Vector256.Load(c + (2 * cRow)), Vector256.Load(c + (2 * cRow) + 8));
            (s30, s31) = (Vector256.Load(c + (3 * cRow)), Vector256.Load(c + (3 * cRow) + 8));
            (s40, s41) = (Vector256.Load(c + (4 * cRow)), Vector256.Load(c + (4 * cRow) + 8));
            (s50, s51) = (Vector256.Load(c + (5 * cRow)), Vector256.Load(c + (5 * cRow) + 8));
        }

        for (int p = 0; p < length; p++)
        {
            Vector256<float> left = Vector256.Load(b);
            Vector256<float> right = Vector256.Load(b + 8);
            Vector256<float> value = Vector256.Create(a[0]);
            s00 = Vector256.FusedMultiplyAdd(value, left, s00);
            s01 = Vector256.FusedMultiplyAdd(value, right, s01);
            value = Vector256.Create(a[aRow]);
            s10 = Vector256.FusedMultiplyAdd(value, left, s10);
            s11 = Vector256.FusedMultiplyAdd(value, right, s11);
            value = Vector256.Create(a[2 * aRow]);
            s20 = Vector256.FusedMultiplyAdd(value, left, s20);
            s21 = Vector256.FusedMultiplyAdd(value, right, s21);
            value = Vector256.Create(a[3 * aRow]);
            s30 = Vector256.FusedMultiplyAdd(value, left, s30);
            s31 = Vector256.FusedMultiplyAdd(value, right, s31);
            value = Vector256.Create(a[4 * aRow]);
            s40 = Vector256.FusedMultiplyAdd(value, left, s40);
            s41 = Vector256.FusedMultiplyAdd(value, right, s41);
            value = Vector256.Create(a[5 * aRow]);
            s50 = Vector256.FusedMultiplyAdd(value, left, s50);
            s51 = Vector256.FusedMultiplyAdd(value, right, s51);
            a += aColumn;
            b += bRow;
        }

        Store(s00, s01, c);
        Store(s10, s11, c + cRow);
        Store(s20, s21, c + (2 * cRow));
        Store(s30, s31, c + (3 * cRow));
        Store(s40, s41, c + (4 * cRow));
        Store(s50, s51, c + (5 * cRow));
    }

    private static void Store(Vector256<float> left, Vector256<float> right, float* c)
    {
        left.Store(c);
        right.Store(c + 8);
    }
}
