namespace NaturalThoughts.Teaching;

/// <summary><see cref="JudgeStage"/> has no parameters: an empty object.</summary>
public sealed record JudgeOptions;
