namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldSolveStage"/>: none.</summary>
public sealed record WorldSolveOptions;
