using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>What became of one target.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record TargetResult(string Address, TargetOutcome Outcome)
{
    /// <summary>Its run record, when it is done: key, outputs, counts, warnings.</summary>
    public RunRecord? Record { get; init; }

    /// <summary>Why it was not run, for <see cref="TargetOutcome.Cached"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>How long it took here; zero unless it ran or failed.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What went wrong, for <see cref="TargetOutcome.Failed"/>.</summary>
    public IReadOnlyList<UserError> Errors { get; init; } = [];

    /// <summary>True when a file from outside of the store that the target reads is wrong or missing.</summary>
    public bool IsOfUsersData { get; init; }

    /// <summary>A stack trace or a process's last lines, for a log.</summary>
    public string? Details { get; init; }

    /// <summary>The address whose failure blocks it, for <see cref="TargetOutcome.Blocked"/>.</summary>
    public string? BlockedBy { get; init; }

    /// <summary>True when its outputs are there.</summary>
    public bool IsDone => Outcome is TargetOutcome.Cached or TargetOutcome.Ran;
}
