using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Build.Cake;

/// <summary>How a task ended.</summary>
internal enum TaskStatus
{
    /// <summary>Nothing had to run.</summary>
    Cached,

    /// <summary>It ran and succeeded.</summary>
    Ran,

    /// <summary>It ran and failed.</summary>
    Failed,

    /// <summary>It did not run, because something that it needs failed.</summary>
    Blocked,
}

/// <summary>The end of a task, as the summary shows it.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Note">The reason or the error, in one line.</param>
/// <param name="Duration">Work time; zero for a cached task.</param>
internal sealed record TaskOutcome(TaskStatus Status, string Note, TimeSpan Duration)
{
    /// <summary>The common outcome of several targets of a run that was not interrupted: the worst of them, with its reason.</summary>
    public static TaskOutcome Of(RunReport report, IReadOnlyList<string> addresses)
    {
        TargetResult[] results = [.. addresses.Select(address => report[address])];
        TimeSpan duration = results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration);
        TargetResult[] failed = [.. results.Where(result => result.Outcome == TargetOutcome.Failed)];
        if (failed.Length > 0)
        {
            return new TaskOutcome(TaskStatus.Failed, $"{failed[0].Address} failed{(failed.Length > 1 ? $" and {failed.Length - 1} more" : "")}", duration);
        }

        if (Array.Find(results, result => result.Outcome == TargetOutcome.Blocked) is { } blocked)
        {
            return new TaskOutcome(TaskStatus.Blocked, $"needs {blocked.BlockedBy}, which failed", duration);
        }

        int ran = results.Count(result => result.Outcome == TargetOutcome.Ran);
        return ran > 0
            ? new TaskOutcome(TaskStatus.Ran, $"{ran} of {results.Length} targets ran", duration)
            : new TaskOutcome(TaskStatus.Cached, results[0].Reason ?? "up to date", TimeSpan.Zero);
    }
}
