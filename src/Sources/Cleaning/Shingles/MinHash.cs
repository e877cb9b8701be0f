using System.Numerics;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Cleaning.Shingles;

/// <summary>
/// MinHash signatures (Broder 1997) of sets of 32-bit shingle hashes, and their bands for locality-sensitive hashing: sets with a Jaccard
/// index s agree in at least one of 25 bands of 5 values with probability 1 - (1 - s^5)^25: 0.99 at 0.7, 0.55 at 0.5, 0.06 at 0.3.
/// </summary>
internal static class MinHash
{
    /// <summary>Bands of a signature.</summary>
    public const int Bands = 25;

    private const int RowsOfBand = 5;
    private const int Count = 128; // a multiple of every vector's width; the last three are not used
    private static readonly uint[] Factors = Draw("factor", odd: true);
    private static readonly uint[] Terms = Draw("term", odd: false);

    /// <summary>The bands of a set that is not empty.</summary>
    public static void Write(ReadOnlySpan<uint> set, Span<ulong> bands)
    {
        Span<uint> least = stackalloc uint[Count];
        least.Fill(uint.MaxValue);
        int width = Vector<uint>.Count;
        for (int at = 0; at < Count; at += width)
        {
            Vector<uint> factor = new(Factors.AsSpan(at));
            Vector<uint> term = new(Terms.AsSpan(at));
            Vector<uint> smallest = new(uint.MaxValue);
            foreach (uint item in set)
            {
                smallest = Vector.Min(smallest, (new Vector<uint>(item) * factor) + term);
            }

            smallest.CopyTo(least[at..]);
        }

        for (int band = 0; band < Bands; band++)
        {
            ulong hash = (ulong)band;
            foreach (uint value in least.Slice(band * RowsOfBand, RowsOfBand))
            {
                hash = Words.Mix(hash ^ value);
            }

            bands[band] = hash;
        }
    }

    /// <summary>The Jaccard index of two sets in ascending order.</summary>
    public static double Jaccard(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        int shared = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            int order = a[i].CompareTo(b[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return a.Length + b.Length == 0 ? 0 : (double)shared / (a.Length + b.Length - shared);
    }

    private static uint[] Draw(string name, bool odd)
    {
        SeededRandom random = SeededRandom.From("minhash/1", name);
        return [.. Enumerable.Range(0, Count).Select(_ => (uint)(random.NextUInt64() >> 32) | (odd ? 1u : 0u))];
    }
}
