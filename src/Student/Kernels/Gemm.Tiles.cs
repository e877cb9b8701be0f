using System.Runtime.Intrinsics;

namespace NaturalThoughts.Student.Kernels;

/// <content>The innermost loops: a tile of C in registers.</content>
internal static unsafe partial class Gemm
{
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
            a += aColumn;
            b += bRow;
        }

        Store(s00, s01, c);
        Store(s10, s11, c + cRow);
        Store(s20, s21, c + (2 * cRow));
        Store(s30, s31, c + (3 * cRow));
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
