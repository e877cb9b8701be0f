namespace NaturalThoughts.Comparing;

/// <summary>What is compared, and how strictly.</summary>
public sealed record CompareOptions
{
    /// <summary>The metric or protocol that every run is taken by; null for the first one that all have.</summary>
    public string? Metric { get; init; }

    /// <summary>The only benchmarks that are compared; empty for all.</summary>
    public IReadOnlyList<string> Benchmarks { get; init; } = [];

    /// <summary>
    /// True where only what all runs have is compared: questions, repeats, benchmarks. False where anything else than the same in all of
    /// them is an error.
    /// </summary>
    public bool Common { get; init; }

    /// <summary>How questions of two runs are found to be the same; one of <see cref="MatchWays"/>.</summary>
    public string Match { get; init; } = MatchWays.Any;
}
