using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>The product of a packed tile [K, 8] and a packed panel [K, 32], held in registers.</summary>
internal static class TileKernel
{
    private const int Rows = DistanceScreen.TileRows;
    private const int Columns = DistanceScreen.PanelColumns;

    /// <summary>Writes [8, 32] sums of products; rounding may differ between processors.</summary>
    public static void Multiply(ReadOnlySpan<float> tile, ReadOnlySpan<float> panel, Span<float> product)
    {
        ref float a = ref MemoryMarshal.GetReference(tile);
        ref float b = ref MemoryMarshal.GetReference(panel);
        ref float c = ref MemoryMarshal.GetReference(product);
        nuint depth = (nuint)(tile.Length / Rows);
        if (Vector512.IsHardwareAccelerated)
        {
            Wide(ref a, ref b, ref c, depth);
            return;
        }

        for (nuint row = 0; row < Rows; row += 4)
        {
            for (nuint column = 0; column < Columns; column += 16)
            {
                Narrow(ref Unsafe.Add(ref a, row), ref Unsafe.Add(ref b, column), ref Unsafe.Add(ref c, (row * Columns) + column), depth);
            }
        }
    }

    /// <summary>For one row of a product: bit j is set where value j is below the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Below(ReadOnlySpan<float> product, int row, float threshold)
    {
        ref float start = ref Unsafe.Add(ref MemoryMarshal.GetReference(product), row * Columns);
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> wide = Vector512.Create(threshold);
            ulong low = Vector512.LessThan(Vector512.LoadUnsafe(ref start), wide).ExtractMostSignificantBits();
            ulong high = Vector512.LessThan(Vector512.LoadUnsafe(ref start, 16), wide).ExtractMostSignificantBits();
            return (uint)low | ((uint)high << 16);
        }

        Vector256<float> limit = Vector256.Create(threshold);
        uint bits = 0u;
        for (int i = 0; i < Columns; i += 8)
        {
            bits |= Vector256.LessThan(Vector256.LoadUnsafe(ref start, (nuint)i), limit).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(ref float a, ref float b, ref float c, nuint depth)
    {
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        for (nuint i = 0; i < depth; i++)
        {
            Vector512<float> low = Vector512.LoadUnsafe(ref b);
            Vector512<float> high = Vector512.LoadUnsafe(ref b, 16);
            Vector512<float> x = Vector512.Create(a);
            c00 = Vector512.MultiplyAddEstimate(x, low, c00);
            c01 = Vector512.MultiplyAddEstimate(x, high, c01);
            x = Vector512.Create(Unsafe.Add(ref a, 1));
            c10 = Vector512.MultiplyAddEstimate(x, low, c10);
            c11 = Vector512.MultiplyAddEstimate(x, high, c11);
            x = Vector512.Create(Unsafe.Add(ref a, 2));
            c20 = Vector512.MultiplyAddEstimate(x, low, c20);
            c21 = Vector512.MultiplyAddEstimate(x, high, c21);
            x = Vector512.Create(Unsafe.Add(ref a, 3));
            c30 = Vector512.MultiplyAddEstimate(x, low, c30);
            c31 = Vector512.MultiplyAddEstimate(x, high, c31);
            x = Vector512.Create(Unsafe.Add(ref a, 4));
            c40 = Vector512.MultiplyAddEstimate(x, low, c40);
            c41 = Vector512.MultiplyAddEstimate(x, high, c41);
            x = Vector512.Create(Unsafe.Add(ref a, 5));
            c50 = Vector512.MultiplyAddEstimate(x, low, c50);
            c51 = Vector512.MultiplyAddEstimate(x, high, c51);
            x = Vector512.Create(Unsafe.Add(ref a, 6));
            c60 = Vector512.MultiplyAddEstimate(x, low, c60);
            c61 = Vector512.MultiplyAddEstimate(x, high, c61);
            x = Vector512.Create(Unsafe.Add(ref a, 7));
            c70 = Vector512.MultiplyAddEstimate(x, low, c70);
            c71 = Vector512.MultiplyAddEstimate(x, high, c71);
            a = ref Unsafe.Add(ref a, Rows);
            b = ref Unsafe.Add(ref b, Columns);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, 16);
        c10.StoreUnsafe(ref c, 32);
        c11.StoreUnsafe(ref c, 48);
        c20.StoreUnsafe(ref c, 64);
        c21.StoreUnsafe(ref c, 80);
        c30.StoreUnsafe(ref c, 96);
        c31.StoreUnsafe(ref c, 112);
        c40.StoreUnsafe(ref c, 128);
        c41.StoreUnsafe(ref c, 144);
        c50.StoreUnsafe(ref c, 160);
        c51.StoreUnsafe(ref c, 176);
        c60.StoreUnsafe(ref c, 192);
        c61.StoreUnsafe(ref c, 208);
        c70.StoreUnsafe(ref c, 224);
        c71.StoreUnsafe(ref c, 240);
    }

    /// <summary>Four rows and sixteen columns of the same, for 16 registers of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ref float a, ref float b, ref float c, nuint depth)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        for (nuint i = 0; i < depth; i++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref b);
            Vector256<float> high = Vector256.LoadUnsafe(ref b, 8);
            Vector256<float> x = Vector256.Create(a);
            c00 = Vector256.MultiplyAddEstimate(x, low, c00);
            c01 = Vector256.MultiplyAddEstimate(x, high, c01);
            x = Vector256.Create(Unsafe.Add(ref a, 1));
            c10 = Vector256.MultiplyAddEstimate(x, low, c10);
            c11 = Vector256.MultiplyAddEstimate(x, high, c11);
            x = Vector256.Create(Unsafe.Add(ref a, 2));
            c20 = Vector256.MultiplyAddEstimate(x, low, c20);
            c21 = Vector256.MultiplyAddEstimate(x, high, c21);
            x = Vector256.Create(Unsafe.Add(ref a, 3));
            c30 = Vector256.MultiplyAddEstimate(x, low, c30);
            c31 = Vector256.MultiplyAddEstimate(x, high, c31);
            a = ref Unsafe.Add(ref a, Rows);
            b = ref Unsafe.Add(ref b, Columns);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, 8);
        c10.StoreUnsafe(ref c, Columns);
        c11.StoreUnsafe(ref c, Columns + 8);
        c20.StoreUnsafe(ref c, 2 * Columns);
        c21.StoreUnsafe(ref c, (2 * Columns) + 8);
        c30.StoreUnsafe(ref c, 3 * Columns);
        c31.StoreUnsafe(ref c, (3 * Columns) + 8);
    }
}
