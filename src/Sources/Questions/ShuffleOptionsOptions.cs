namespace NaturalThoughts.Sources.Questions;

/// <summary>The parameters of <see cref="ShuffleOptionsStage"/>.</summary>
/// <param name="Repeat">The repeat, from 1.</param>
public sealed record ShuffleOptionsOptions(int Repeat);
