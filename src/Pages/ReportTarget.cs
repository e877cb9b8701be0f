namespace NaturalThoughts.Pages;

/// <summary>A target of the plan and what the store knows of its run.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Stage">The stage that makes it.</param>
/// <param name="State"><c>cached</c>, <c>stale</c> (an earlier run is there) or <c>missing</c>.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ReportTarget(string Address, string Stage, string State, string Reason)
{
    /// <summary>Role to the target that it reads from, and that one's file (null for all of them).</summary>
    public required IReadOnlyList<(string Role, string Target, string? File)> Inputs { get; init; }

    /// <summary>The run; null where the store has none.</summary>
    public ReportRun? Run { get; init; }
}
