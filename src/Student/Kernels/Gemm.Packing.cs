using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NaturalThoughts.Student.Kernels;

/// <content>Copies of what tiles read often enough, or would read across its cache lines.</content>
internal static unsafe partial class Gemm
{
    // Columns of a transposed A whose cache lines are held while all rows are copied: few, for lines a power of two apart share places.
    private const int HeldColumns = 32;

    // Six rows lie together: a transposed A is read along its cache lines, once for all columns.
    private static void PackA(int rows, int length, in Matrix a, float* packed)
    {
        for (int start = 0; start < length; start += HeldColumns)
        {
            int end = Math.Min(length, start + HeldColumns);
            for (int i = 0; i < rows; i += TileRows)
            {
                PackTile(Math.Min(TileRows, rows - i), end - start, a.At(i, start), packed + (i * length) + (start * TileRows));
            }
        }
    }

    private static void PackTile(int height, int length, in Matrix a, float* to)
    {
        float* from = a.First;
        nint next = a.ColumnStride;
        int p = 0;
        if (height == TileRows && a.RowStride == 1)
        {
            // Eight for six: the two too many are of the same row of memory or the next one, and the next step is written over them. The last
            // step would read past A, or write into the next tile.
            for (; p < length - 1; p++, from += next, to += TileRows)
            {
                Vector256.Load(from).Store(to);
            }
        }

        for (; p < length; p++, from += next, to += TileRows)
        {
            for (int r = 0; r < height; r++)
            {
                to[r] = from[r * a.RowStride];
            }
        }
    }

    // Brings the left side that is copied next near the processor, a few of its columns with each tile: they lie too far apart in memory to be foreseen.
    private struct Ahead
    {
        private readonly nint _stride;
        private readonly int _columnsOfATile;
        private float* _column;
        private int _remaining;

        public Ahead(in Matrix next, int length, int tiles)
        {
            _column = next.First;
            _stride = next.ColumnStride;
            _remaining = _column == null || !Sse.IsSupported ? 0 : length;
            _columnsOfATile = (length + tiles - 1) / Math.Max(1, tiles);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Fetch()
        {
            for (int t = 0; t < _columnsOfATile && _remaining > 0; t++, _remaining--, _column += _stride)
            {
                for (int x = 0; x < RowBlock; x += Scratch.Line)
                {
                    Sse.Prefetch1(_column + x);
                }
            }
        }
    }

    /// <summary>Copies columns into panels, the last filled up with zeros.</summary>
    /// <param name="from">The first column; a multiple of 16.</param>
    /// <param name="columns">Where they end.</param>
    /// <param name="length">Rows.</param>
    /// <param name="b">First element of the first row and column.</param>
    /// <param name="packed">Where the panel of column 0 is.</param>
    /// <param name="room">Rows of a panel there; at least <paramref name="length"/>.</param>
    public static void PackB(int from, int columns, int length, in Matrix b, float* packed, int room)
    {
        for (int j = from; j < columns; j += TileColumns)
        {
            int width = Math.Min(TileColumns, columns - j);
            int p = 0;
            if (width == TileColumns && b.RowStride == 1)
            {
                for (; p <= length - 8; p += 8)
                {
                    float* source = b.First + p + (j * b.ColumnStride);
                    Transposition.Eight(source, b.ColumnStride, packed + (j * room) + (p * TileColumns), TileColumns);
                    Transposition.Eight(source + (8 * b.ColumnStride), b.ColumnStride, packed + (j * room) + (p * TileColumns) + 8, TileColumns);
                }
            }

            for (; width == TileColumns && b.ColumnStride == 1 && p < length; p++)
            {
                float* source = b.First + (p * b.RowStride) + j;
                float* to = packed + (j * room) + (p * TileColumns);
                Vector256.Load(source).Store(to);
                Vector256.Load(source + 8).Store(to + 8);
            }

            for (; p < length; p++)
            {
                float* to = packed + (j * room) + (p * TileColumns);
                for (int x = 0; x < TileColumns; x++)
                {
                    to[x] = x < width ? b.First[(p * b.RowStride) + ((j + x) * b.ColumnStride)] : 0;
                }
            }
        }
    }
}
