using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Running;

/// <summary>A part of a pool. A question belongs to a part by the digest of its id, whatever else the pool holds.</summary>
public sealed record ShardOptions
{
    /// <summary>Number of the part, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The number of parts, at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>True where a question belongs to this part.</summary>
    public bool Contains(string questionId) => IndexOf(questionId, Count) == Index;

    /// <summary>The part that a question belongs to.</summary>
    public static int IndexOf(string questionId, int count) => count == 1 ? 0 : (int)(SeededRandom.Draw("shard", questionId) % (ulong)count);

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate() => Count >= 1 && Index >= 0 && Index < Count
        ? []
        : [new UserError($"There is no shard {Index} of {Count}.", "shard", "The index runs from 0 to count - 1.")];
}
