namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldAnnotateStage"/>: none.</summary>
public sealed record WorldAnnotateOptions;
