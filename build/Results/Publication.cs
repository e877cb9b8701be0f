using NaturalThoughts.Experiments;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Results;

/// <summary>What became of a table's files in results/.</summary>
/// <param name="Table">The table.</param>
/// <param name="Comparison">The new values against the lock.</param>
/// <param name="IsFirst">True when there was no lock and these values became it.</param>
/// <param name="Rewritten">Files that stood there with other bytes.</param>
internal sealed record Publication(TablePlan Table, LockComparison Comparison, bool IsFirst, IReadOnlyList<string> Rewritten);
