namespace NaturalThoughts.Reporting.Locks;

/// <summary>The verdict on one cell, with what moved in it.</summary>
public sealed record CellVerdict(string Cell, LockVerdict Verdict, IReadOnlyList<LockChange> Changes);
