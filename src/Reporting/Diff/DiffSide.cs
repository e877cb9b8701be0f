using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Diff;

/// <summary>A table as it is in one place: a revision, a folder, this checkout.</summary>
/// <param name="Lock">Its lock.</param>
/// <param name="Outcomes">The text of its outcomes; empty where there are none.</param>
public sealed record DiffSide(ResultLock Lock, string Outcomes);
