using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Copies matrices into their transposes.</summary>
internal static unsafe class Transposition
{
    /// <summary>Copies eight rows of eight floats into eight columns.</summary>
    /// <param name="from">First element.</param>
    /// <param name="fromRow">Elements between two rows there.</param>
    /// <param name="to">First element.</param>
    /// <param name="toRow">Elements between two rows here.</param>
    public static void Eight(float* from, nint fromRow, float* to, nint toRow)
    {
        if (!Avx.IsSupported)
        {
            for (int r = 0; r < 8; r++)
            {
                for (int x = 0; x < 8; x++)
                {
                    to[(x * toRow) + r] = from[(r * fromRow) + x];
                }
            }

            return;
        }

        Vector256<float> r0 = Vector256.Load(from), r1 = Vector256.Load(from + fromRow);
        Vector256<float> r2 = Vector256.Load(from + (2 * fromRow)), r3 = Vector256.Load(from + (3 * fromRow));
        Vector256<float> r4 = Vector256.Load(from + (4 * fromRow)), r5 = Vector256.Load(from + (5 * fromRow));
        Vector256<float> r6 = Vector256.Load(from + (6 * fromRow)), r7 = Vector256.Load(from + (7 * fromRow));
        Vector256<float> p0 = Avx.UnpackLow(r0, r1), p1 = Avx.UnpackHigh(r0, r1), p2 = Avx.UnpackLow(r2, r3), p3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> p4 = Avx.UnpackLow(r4, r5), p5 = Avx.UnpackHigh(r4, r5), p6 = Avx.UnpackLow(r6, r7), p7 = Avx.UnpackHigh(r6, r7);
        Four(p0, p1, p2, p3, out r0, out r1, out r2, out r3);
        Four(p4, p5, p6, p7, out r4, out r5, out r6, out r7);
        Avx.Permute2x128(r0, r4, 0x20).Store(to);
        Avx.Permute2x128(r1, r5, 0x20).Store(to + toRow);
        Avx.Permute2x128(r2, r6, 0x20).Store(to + (2 * toRow));
        Avx.Permute2x128(r3, r7, 0x20).Store(to + (3 * toRow));
        Avx.Permute2x128(r0, r4, 0x31).Store(to + (4 * toRow));
        Avx.Permute2x128(r1, r5, 0x31).Store(to + (5 * toRow));
        Avx.Permute2x128(r2, r6, 0x31).Store(to + (6 * toRow));
        Avx.Permute2x128(r3, r7, 0x31).Store(to + (7 * toRow));
    }

    /// <summary>Copies rows into columns; what is left of <paramref name="toRow"/> becomes 0.</summary>
    /// <param name="rows">Rows there, columns here.</param>
    /// <param name="columns">Columns there, rows here.</param>
    /// <param name="from">First element.</param>
    /// <param name="fromRow">Elements between two rows there.</param>
    /// <param name="to">First element.</param>
    /// <param name="toRow">Elements between two rows here; at least <paramref name="rows"/>.</param>
    public static void Copy(int rows, int columns, float* from, nint fromRow, float* to, nint toRow)
    {
        for (int x = 0; x < columns; x += 8)
        {
            for (int r = 0; r < rows; r += 8)
            {
                if (x <= columns - 8 && r <= rows - 8)
                {
                    Eight(from + (r * fromRow) + x, fromRow, to + (x * toRow) + r, toRow);
                    continue;
                }

                for (int y = x; y < Math.Min(columns, x + 8); y++)
                {
                    for (int s = r; s < Math.Min(rows, r + 8); s++)
                    {
                        to[(y * toRow) + s] = from[(s * fromRow) + y];
                    }
                }
            }
        }

        for (int x = 0; x < columns; x++)
        {
            new Span<float>(to + (x * toRow) + rows, (int)toRow - rows).Clear();
        }
    }

    private static void Four(
        Vector256<float> p0, Vector256<float> p1, Vector256<float> p2, Vector256<float> p3,
        out Vector256<float> r0, out Vector256<float> r1, out Vector256<float> r2, out Vector256<float> r3)
    {
        r0 = Avx.Shuffle(p0, p2, 0x44);
        r1 = Avx.Shuffle(p0, p2, 0xEE);
        r2 = Avx.Shuffle(p1, p3, 0x44);
        r3 = Avx.Shuffle(p1, p3, 0xEE);
    }
}
