using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>What a run would do about a target, and why.</summary>
/// <param name="Address">The target.</param>
/// <param name="Verdict">Hit, will run or may run.</param>
/// <param name="Reason">
/// For people: the first differing part of the key as <c>path: old -> new</c>, what upstream may change, or that it was never run.
/// </param>
public sealed record Explanation(string Address, RunVerdict Verdict, string Reason)
{
    /// <summary>All differences to the nearest earlier run; empty where there is none or nothing is known to differ.</summary>
    public IReadOnlyList<KeyDifference> Differences { get; init; } = [];

    /// <summary>The record of a hit; null for what is none.</summary>
    public RunRecord? Record { get; init; }

    /// <summary>The address of the earlier run that it was compared with.</summary>
    public string? ComparedWith { get; init; }
}
