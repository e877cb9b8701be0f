namespace NaturalThoughts.Selection;

/// <summary>Settings of <see cref="SelectionMethod.SemanticEmbeddings"/>.</summary>
public sealed record SemanticEmbeddingsOptions
{
    /// <summary><see cref="NoisePolicy.Exclude"/> or <see cref="NoisePolicy.Cluster"/>.</summary>
    public required string Noise { get; init; }
}
