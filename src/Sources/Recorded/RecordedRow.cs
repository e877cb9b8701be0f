namespace NaturalThoughts.Sources.Recorded;

/// <summary>What a row of recorded answers says; null for what it does not.</summary>
internal sealed record RecordedRow
{
    public string? Id { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<string>? Options { get; init; }

    public string? Reference { get; init; }

    public string? Prompt { get; init; }

    /// <summary>The outputs: one, or one for each repeat.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    public int? Tokens { get; init; }

    public bool Truncated { get; init; }

    public string? Prediction { get; init; }

    public bool? Correct { get; init; }

    /// <summary>The number of the repeat, from 1.</summary>
    public int? Repeat { get; init; }

    public string? Filter { get; init; }
}
