using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NaturalThoughts.Student.Kernels;

/// <content>The innermost loops: a tile of C in registers.</content>
internal static unsafe partial class Gemm
{
    // Asks for the first cache line of each row of the next tile's sums; behind the last tile, for six that nobody needs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(float* c, nint cRow)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + cRow);
            Sse.Prefetch0(c + (2 * cRow));
            Sse.Prefetch0(c + (3 * cRow));
            Sse.Prefetch0(c + (4 * cRow));
            Sse.Prefetch0(c + (5 * cRow));
        }
    }

    // A tile of its own, row-major, from a packed panel.
    private static void Tile(int rows, int length, float* a, nint aRow, nint aColumn, float* panel, float* tile, bool add)
    {
        if (rows == TileRows)
        {
            SixRows(length, a, aRow, aColumn, panel, TileColumns, tile, TileColumns, add);
        }
        else
        {
            FewerRows(rows, length, a, aRow, aColumn, panel, TileColumns, tile, TileColumns, add);
        }
    }

    private static void FewerRows(int rows, int length, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool add)
    {
        int r = 0;
        if (rows >= 4)
        {
            FourRows(length, a, aRow, aColumn, b, bRow, c, cRow, add);
            r = 4;
        }

        for (; r < rows; r++)
        {
            OneRow(length, a + (r * aRow), aColumn, b, bRow, c + (r * cRow), add);
        }
    }

    private static void OneRow(int length, float* a, nint aColumn, float* b, nint bRow, float* c, bool add)
    {
        Vector256<float> left = add ? Vector256.Load(c) : default;
        Vector256<float> right = add ? Vector256.Load(c + 8) : default;
        for (int p = 0; p < length; p++)
        {
            Row(*a, Vector256.Load(b), Vector256.Load(b + 8), ref left, ref right);
            a += aColumn;
            b += bRow;
        }

        left.Store(c);
        right.Store(c + 8);
    }

    private static void FourRows(int length, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool add)
    {
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        if (add)
        {
            (s00, s01) = (Vector256.Load(c), Vector256.Load(c + 8));
            (s10, s11) = (Vector256.Load(c + cRow), Vector256.Load(c + cRow + 8));
            (s20, s21) = (Vector256.Load(c + (2 * cRow)), Vector256.Load(c + (2 * cRow) + 8));
            (s30, s31) = (Vector256.Load(c + (3 * cRow)), Vector256.Load(c + (3 * cRow) + 8));
        }

        for (int p = 0; p < length; p++)
        {
            Vector256<float> left = Vector256.Load(b);
            Vector256<float> right = Vector256.Load(b + 8);
            Row(a[0], left, right, ref s00, ref s01);
            Row(a[aRow], left, right, ref s10, ref s11);
            Row(a[2 * aRow], left, right, ref s20, ref s21);
            Row(a[3 * aRow], left, right, ref s30, ref s31);
            a += aColumn;
            b += bRow;
        }

        Store(s00, s01, c);
        Store(s10, s11, c + cRow);
        Store(s20, s21, c + (2 * cRow));
        Store(s30, s31, c + (3 * cRow));
    }

    // Constant strides become parts of the addresses. Each of the three is compiled for itself and at once, so that all its steps are inlined:
    // with calls, attention's products took three times as long.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SixRows(int length, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool add)
    {
        if (aColumn == 1 && bRow == TileColumns)
        {
            SixRowsOfRows(length, a, aRow, b, c, cRow, add);
        }
        else if (aColumn == TileRows && aRow == 1 && bRow == TileColumns)
        {
            SixRowsOfTiles(length, a, b, c, cRow, add);
        }
        else
        {
            SixRowsByStrides(length, a, aRow, aColumn, b, bRow, c, cRow, add);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SixRowsOfRows(int length, float* a, nint aRow, float* b, float* c, nint cRow, bool add) =>
        SixRowsInline(length, a, aRow, 1, b, TileColumns, c, cRow, add);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SixRowsOfTiles(int length, float* a, float* b, float* c, nint cRow, bool add) =>
        SixRowsInline(length, a, 1, TileRows, b, TileColumns, c, cRow, add);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SixRowsByStrides(int length, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool add) =>
        SixRowsInline(length, a, aRow, aColumn, b, bRow, c, cRow, add);

    // Twelve sums stay in registers: six rows of two vectors. Four steps at a time, and rows 3 to 5 from a pointer of their own: where strides are
    // constants, the processor fetches 21 instructions for 12 multiply-adds, which is the product's rate while another thread of the core fetches too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SixRowsInline(int length, float* a, nint aRow, nint aColumn, float* b, nint bRow, float* c, nint cRow, bool add)
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

        float* a3 = a + (3 * aRow);
        float* end = b + (length / 4 * 4 * bRow);
        while (b != end)
        {
            Step(
                a, a3, aRow, 0, b, 0, ref s00, ref s01, ref s10, ref s11, ref s20, ref s21, ref s30, ref s31, ref s40, ref s41, ref s50, ref s51);
            Step(
                a, a3, aRow, aColumn, b, bRow, ref s00, ref s01, ref s10, ref s11, ref s20, ref s21, ref s30, ref s31, ref s40, ref s41, ref s50, ref s51);
            Step(
                a, a3, aRow, 2 * aColumn, b, 2 * bRow, ref s00, ref s01, ref s10, ref s11, ref s20, ref s21, ref s30, ref s31, ref s40, ref s41,
                ref s50, ref s51);
            Step(
                a, a3, aRow, 3 * aColumn, b, 3 * bRow, ref s00, ref s01, ref s10, ref s11, ref s20, ref s21, ref s30, ref s31, ref s40, ref s41,
                ref s50, ref s51);
            a += 4 * aColumn;
            a3 += 4 * aColumn;
            b += 4 * bRow;
        }

        for (int p = length / 4 * 4; p < length; p++)
        {
            Step(
                a, a3, aRow, 0, b, 0, ref s00, ref s01, ref s10, ref s11, ref s20, ref s21, ref s30, ref s31, ref s40, ref s41, ref s50, ref s51);
            a += aColumn;
            a3 += aColumn;
            b += bRow;
        }

        Store(s00, s01, c);
        Store(s10, s11, c + cRow);
        Store(s20, s21, c + (2 * cRow));
        Store(s30, s31, c + (3 * cRow));
        Store(s40, s41, c + (4 * cRow));
        Store(s50, s51, c + (5 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        float* a, float* a3, nint aRow, nint aAt, float* b, nint bAt,
        ref Vector256<float> s00, ref Vector256<float> s01, ref Vector256<float> s10, ref Vector256<float> s11, ref Vector256<float> s20,
        ref Vector256<float> s21,
        ref Vector256<float> s30, ref Vector256<float> s31, ref Vector256<float> s40, ref Vector256<float> s41, ref Vector256<float> s50,
        ref Vector256<float> s51)
    {
        Vector256<float> left = Vector256.Load(b + bAt);
        Vector256<float> right = Vector256.Load(b + bAt + 8);
        Row(*(a + aAt), left, right, ref s00, ref s01);
        Row(*(a + aRow + aAt), left, right, ref s10, ref s11);
        Row(*(a + (2 * aRow) + aAt), left, right, ref s20, ref s21);
        Row(*(a3 + aAt), left, right, ref s30, ref s31);
        Row(*(a3 + aRow + aAt), left, right, ref s40, ref s41);
        Row(*(a3 + (2 * aRow) + aAt), left, right, ref s50, ref s51);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(float a, Vector256<float> left, Vector256<float> right, ref Vector256<float> s0, ref Vector256<float> s1)
    {
        Vector256<float> value = Vector256.Create(a);
        s0 = Vector256.FusedMultiplyAdd(value, left, s0);
        s1 = Vector256.FusedMultiplyAdd(value, right, s1);
    }

    private static void Store(Vector256<float> left, Vector256<float> right, float* c)
    {
        left.Store(c);
        right.Store(c + 8);
    }
}
