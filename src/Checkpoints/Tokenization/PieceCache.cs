using System.Runtime.InteropServices;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>
/// The ids of pieces that were seen lately. A piece has one place, where the next one that falls on it replaces it: bounded, and safe for
/// concurrent use without locks, since an entry never changes and is published as a whole.
/// </summary>
internal sealed class PieceCache
{
    private const int LongestPiece = 64;
    private readonly Entry?[] _places = new Entry?[1 << 16];

    /// <summary>The ids of a piece where they are known.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="place">Where it belongs, for <see cref="Put"/>.</param>
    /// <param name="ids">Its ids; empty when they are not known.</param>
    public bool TryGet(ReadOnlySpan<char> piece, out int place, out ReadOnlySpan<int> ids)
    {
        place = PlaceOf(piece);
        Entry? entry = Volatile.Read(ref _places[place]);
        bool found = entry is not null && piece.SequenceEqual(entry.Piece);
        ids = found ? entry!.Ids : [];
        return found;
    }

    /// <summary>Keeps the ids of a piece; long pieces are rare, and are not kept.</summary>
    public void Put(int place, ReadOnlySpan<char> piece, ReadOnlySpan<int> ids)
    {
        if (piece.Length <= LongestPiece)
        {
            Volatile.Write(ref _places[place], new Entry(piece.ToString(), ids.ToArray()));
        }
    }

    private int PlaceOf(ReadOnlySpan<char> piece)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(piece);
        ulong hash = (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (char unit in MemoryMarshal.Cast<byte, char>(bytes))
        {
            rest = (rest << 16) | unit;
        }

        return (int)(Mix(hash, rest) >> 48) & (_places.Length - 1);
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    private sealed record Entry(string Piece, int[] Ids);
}
