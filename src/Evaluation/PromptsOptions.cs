namespace NaturalThoughts.Evaluation;

/// <summary>The parameters of <see cref="PromptsStage"/>.</summary>
public sealed record PromptsOptions
{
    /// <summary>Prompt template with the placeholders of <see cref="Records.PromptTemplate"/>.</summary>
    public required string Template { get; init; }
}
