using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>
/// Elements of one float type as another. Widening is exact; narrowing rounds to nearest, ties to even, as IEEE 754 and torch do, to infinity
/// beyond the largest value; NaN stays NaN.
/// </summary>
public static class FloatConversion
{
    private const int Piece = 2048;

    /// <summary>True for F32, BF16 and F16.</summary>
    public static bool Supports(TensorType type) => type is TensorType.F32 or TensorType.BF16 or TensorType.F16;

    /// <summary>Converts all elements.</summary>
    /// <param name="source">Elements of type <paramref name="from"/>, little-endian.</param>
    /// <param name="from">F32, BF16 or F16.</param>
    /// <param name="destination">As many elements of type <paramref name="to"/>.</param>
    /// <param name="to">F32, BF16 or F16.</param>
    /// <exception cref="ArgumentException">Another type, or the numbers of elements differ.</exception>
    public static void Convert(ReadOnlySpan<byte> source, TensorType from, Span<byte> destination, TensorType to)
    {
        if (!Supports(from) || !Supports(to) || source.Length / from.Size() != destination.Length / to.Size())
        {
            throw new ArgumentException($"{source.Length} bytes of {from} do not become {destination.Length} bytes of {to}.", nameof(destination));
        }

        if (from == to)
        {
            source.CopyTo(destination);
        }
        else if (to == TensorType.F32)
        {
            Widen(MemoryMarshal.Cast<byte, ushort>(source), from, MemoryMarshal.Cast<byte, float>(destination));
        }
        else if (from == TensorType.F32)
        {
            Narrow(MemoryMarshal.Cast<byte, float>(source), to, MemoryMarshal.Cast<byte, ushort>(destination));
        }
        else
        {
            Span<float> wide = stackalloc float[Piece];
            for (int at = 0; at < source.Length; at += 2 * Piece)
            {
                Span<float> part = wide[..Math.Min(Piece, (source.Length - at) / 2)];
                Widen(MemoryMarshal.Cast<byte, ushort>(source[at..])[..part.Length], from, part);
                Narrow(part, to, MemoryMarshal.Cast<byte, ushort>(destination[at..])[..part.Length]);
            }
        }
    }

    // Compiled at once as if hot: the first calls already are the long ones.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<ushort> source, TensorType from, Span<float> destination)
    {
        ref ushort first = ref MemoryMarshal.GetReference(source);
        ref float target = ref MemoryMarshal.GetReference(destination);
        int at = 0;
        for (; at + 16 <= source.Length; at += 16)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)at));
            Wide(low, from).StoreUnsafe(ref target, (nuint)at);
            Wide(high, from).StoreUnsafe(ref target, (nuint)at + 8);
        }

        for (; at < source.Length; at++)
        {
            destination[at] = Wide(Vector256.Create((uint)source[at]), from)[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ReadOnlySpan<float> source, TensorType to, Span<ushort> destination)
    {
        ref float first = ref MemoryMarshal.GetReference(source);
        ref ushort target = ref MemoryMarshal.GetReference(destination);
        int at = 0;
        for (; at + 16 <= source.Length; at += 16)
        {
            Vector256<uint> low = Narrow(Vector256.LoadUnsafe(ref first, (nuint)at), to);
            Vector256<uint> high = Narrow(Vector256.LoadUnsafe(ref first, (nuint)at + 8), to);
            Vector256.Narrow(low, high).StoreUnsafe(ref target, (nuint)at);
        }

        for (; at < source.Length; at++)
        {
            destination[at] = (ushort)Narrow(Vector256.Create(source[at]), to)[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Wide(Vector256<uint> bits, TensorType from)
    {
        if (from == TensorType.BF16)
        {
            return (bits << 16).AsSingle();
        }

        // Exponent and fraction in float32's places are the value by 2^112, subnormals included: the product is exact.
        Vector256<uint> magnitude = (bits & Vector256.Create(0x7fffu)) << 13;
        Vector256<uint> value = (magnitude.AsSingle() * Vector256.Create(BitConverter.UInt32BitsToSingle(0x77800000))).AsUInt32();
        Vector256<uint> special = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(0x0f800000u)) & Vector256.Create(0x7f800000u);
        return (value | special | ((bits & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Narrow(Vector256<float> value, TensorType to)
    {
        Vector256<uint> bits = value.AsUInt32();
        Vector256<uint> number = Vector256.Equals(value, value).AsUInt32();
        if (to == TensorType.BF16)
        {
            Vector256<uint> rounded = (bits + Vector256.Create(0x7fffu) + ((bits >>> 16) & Vector256<uint>.One)) >>> 16;
            return Vector256.ConditionalSelect(number, rounded, Vector256.Create(0x7fc0u));
        }

        // Adding 2^(e + 13) to a value of exponent e leaves it in units of 2^(e - 10), a half's last place, rounded as the processor rounds: to
        // nearest, ties to even. The smallest exponent is that of subnormals; 65520 is the first value that rounds to infinity.
        Vector256<float> magnitude = Vector256.Min(Vector256.Abs(value), Vector256.Create(65520f));
        Vector256<uint> exponent = Vector256.Max(magnitude.AsUInt32() & Vector256.Create(0x7f800000u), Vector256.Create(0x38800000u));
        Vector256<uint> shift = exponent + Vector256.Create(13u << 23);
        Vector256<uint> units = (magnitude + shift.AsSingle()).AsUInt32() - shift;
        Vector256<uint> half = (((exponent >>> 23) - Vector256.Create(113u)) << 10) + units;
        Vector256<uint> sign = (bits >>> 16) & Vector256.Create(0x8000u);
        return Vector256.ConditionalSelect(number, half | sign, Vector256.Create(0x7e00u));
    }
}
