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
internal sealed record TaskOutcome(TaskStatus Status, string Note, TimeSpan Duration);
