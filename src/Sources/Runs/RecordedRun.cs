namespace NaturalThoughts.Sources.Runs;

/// <summary>A model's answers to the questions of one or more benchmarks, with the verdicts that were recorded on them.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Origin">Where it was read from: the whole path, or a cell's address.</param>
/// <param name="Tasks">The benchmarks, in ordinal order of their names.</param>
public sealed record RecordedRun(string Label, string Origin, IReadOnlyList<RunTask> Tasks)
{
    /// <summary>One of <see cref="Recorded.RecordedFormats.Known"/>; null for a cell.</summary>
    public string? Format { get; init; }

    /// <summary>The model; null where the files do not say.</summary>
    public string? Model { get; init; }
}
