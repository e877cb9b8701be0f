namespace NaturalThoughts.Sources.Questions;

/// <summary>The parameters of <see cref="NaturalReasoningStage"/>.</summary>
public sealed record NaturalReasoningOptions
{
    /// <summary>What the model of the responses is called; null for nothing.</summary>
    public string? Model { get; init; }
}
