namespace NaturalThoughts.Reporting.Locks;

/// <summary>The verdict on one cell, with what moved in it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Verdict">What is to be said of it.</param>
/// <param name="Changes">The values and digests that differ.</param>
public sealed record CellVerdict(string Cell, LockVerdict Verdict, IReadOnlyList<LockChange> Changes)
{
    /// <summary>True when both sides are of the class <c>statistical</c>, so that their outcomes decide and not their bytes.</summary>
    public bool IsStatistical { get; init; }

    /// <summary>Per benchmark with other outcomes: old and new accuracy, paired test, first question that changed.</summary>
    public IReadOnlyList<OutcomePair> Outcomes { get; init; } = [];
}
