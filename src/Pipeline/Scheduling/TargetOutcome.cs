namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>How a target ended.</summary>
public enum TargetOutcome
{
    /// <summary>The store had its outputs; nothing ran.</summary>
    Cached,

    /// <summary>Its stage ran and was recorded.</summary>
    Ran,

    /// <summary>Its stage failed; nothing was recorded.</summary>
    Failed,

    /// <summary>Something that it needs failed.</summary>
    Blocked,

    /// <summary>The run was interrupted before it was done.</summary>
    Interrupted,
}
