using System.Numerics;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>The merges of byte-pair encoding by their two ids, in open addressing: rank, and what they give.</summary>
internal sealed class MergeTable
{
    private const ulong Empty = ulong.MaxValue;

    private readonly (ulong Pair, int Rank)[] _slots;
    private readonly int[] _results;
    private readonly int _shift;

    /// <param name="merges">Left, right and resulting id, the first merge first; of a pair that appears twice the later rank counts.</param>
    public MergeTable(IReadOnlyList<(int Left, int Right, int Result)> merges)
    {
        _slots = new (ulong, int)[BitOperations.RoundUpToPowerOf2((uint)((merges.Count * 3 / 2) + 2))];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
        _results = new int[merges.Count];
        Array.Fill(_slots, (Empty, -1));
        for (int rank = 0; rank < merges.Count; rank++)
        {
            ulong pair = Pair(merges[rank].Left, merges[rank].Right);
            _slots[SlotOf(pair)] = (pair, rank);
            _results[rank] = merges[rank].Result;
        }
    }

    /// <summary>The rank of a pair, the lower the earlier; -1 when it is no merge.</summary>
    public int RankOf(int left, int right) => _slots[SlotOf(Pair(left, right))].Rank;

    /// <summary>The id that a merge gives.</summary>
    public int ResultOf(int rank) => _results[rank];

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    /// <summary>The slot that holds the pair, or the empty one where it would stand.</summary>
    private int SlotOf(ulong pair)
    {
        int slot = (int)((pair * 0x9E3779B97F4A7C15) >> _shift);
        while (_slots[slot].Pair != pair && _slots[slot].Pair != Empty)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }
}
