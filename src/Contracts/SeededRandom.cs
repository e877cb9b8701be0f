using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace NaturalThoughts.Contracts;

/// <summary>
/// The project's own random generator: xoshiro256** 1.0 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro256starstar.c),
/// whose state is the SHA-256 digest of a seed text. Its sequence is a contract: results are locked on it.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts from an explicit state of four words, not all zero.</summary>
    public SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        ArgumentOutOfRangeException.ThrowIfZero(s0 | s1 | s2 | s3, nameof(s0));
        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>A generator of its own for every list of parts, such as <c>From("select", seed, questionId)</c>.</summary>
    public static SeededRandom From(params ReadOnlySpan<string> parts)
    {
        Span<byte> digest = stackalloc byte[32];
        Digest(parts, digest);
        return new SeededRandom(
            BinaryPrimitives.ReadUInt64LittleEndian(digest),
            BinaryPrimitives.ReadUInt64LittleEndian(digest[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(digest[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(digest[24..]) | 1);
    }

    /// <summary>
    /// One draw keyed by its parts, uniform over 64 bits. Sorting rows by <c>Draw(seed, id)</c> is a seeded permutation that
    /// does not depend on the order in which the rows came.
    /// </summary>
    public static ulong Draw(params ReadOnlySpan<string> parts)
    {
        Span<byte> digest = stackalloc byte[32];
        Digest(parts, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    /// <summary><see cref="Draw"/> as a number in [0, 1) with 53 bits.</summary>
    public static double DrawDouble(params ReadOnlySpan<string> parts) => (Draw(parts) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws the next 64 bits of the sequence.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform over 0 .. <paramref name="bound"/> - 1, unbiased (Lemire 2019, arXiv 1805.10941).</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        UInt128 product = (UInt128)NextUInt64() * (ulong)bound;
        if ((ulong)product < (ulong)bound)
        {
            ulong threshold = (0UL - (ulong)bound) % (ulong)bound;
            while ((ulong)product < threshold)
            {
                product = (UInt128)NextUInt64() * (ulong)bound;
            }
        }

        return (int)(product >> 64);
    }

    /// <summary>Uniform over <paramref name="low"/> .. <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Next(high - low + 1);

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Draws one of the items, each with the same probability.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Permutes in place (Fisher-Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static void Digest(ReadOnlySpan<string> parts, Span<byte> digest)
    {
        // Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") differ.
        int size = 0;
        foreach (string part in parts)
        {
            size += 4 + Encoding.UTF8.GetByteCount(part);
        }

        byte[]? rented = null;
        Span<byte> buffer = size <= 512 ? stackalloc byte[size] : (rented = new byte[size]);
        int at = 0;
        foreach (string part in parts)
        {
            int written = Encoding.UTF8.GetBytes(part, buffer[(at + 4)..]);
            BinaryPrimitives.WriteInt32LittleEndian(buffer[at..], written);
            at += 4 + written;
        }

        SHA256.HashData(rented ?? buffer[..size], digest);
    }
}
