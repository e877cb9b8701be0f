using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>What an attempt to run a target came to.</summary>
internal abstract record Completion
{
    /// <summary>The stage ran and was recorded.</summary>
    public sealed record Ran(RunRecord Record) : Completion;

    /// <summary>Somebody else had recorded it: who.</summary>
    public sealed record Found(RunRecord Record, string Reason) : Completion;

    /// <summary>Somebody else is running it.</summary>
    public sealed record Busy : Completion;

    /// <summary>Inputs of these addresses are missing or damaged in the store.</summary>
    public sealed record Incomplete(IReadOnlyList<string> Producers) : Completion;

    /// <summary>The stage failed with an exception.</summary>
    public sealed record Failed(Exception Exception, TimeSpan Duration) : Completion;

    /// <summary>It was asked to stop.</summary>
    public sealed record Stopped : Completion;
}
