namespace NaturalThoughts.Sources.Runs;

/// <summary>How files of a run are read.</summary>
public sealed record RunOptions
{
    /// <summary>Where what stands; null for the formats that are known by name.</summary>
    public RunMap? Map { get; init; }

    /// <summary>True where several files of a benchmark are repeats of it.</summary>
    public bool FilesAreRepeats { get; init; }
}
