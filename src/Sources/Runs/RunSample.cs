namespace NaturalThoughts.Sources.Runs;

/// <summary>What a row of a run says; null for what it does not.</summary>
internal sealed record RunSample
{
    public string? Id { get; init; }

    public string? TextKey { get; init; }

    public string? Text { get; init; }

    public string? Reference { get; init; }

    public string? Task { get; init; }

    /// <summary>The number of the repeat, from 1.</summary>
    public int? Repeat { get; init; }

    public string? Answer { get; init; }

    public double? Tokens { get; init; }

    /// <summary>Metric and score; NaN for none.</summary>
    public IReadOnlyList<(string Metric, double Score)> Scores { get; init; } = [];
}
