namespace NaturalThoughts.MiniWorld;

/// <summary>The pool's question that is nearest to a benchmark's question.</summary>
/// <param name="QuestionId">The benchmark's question.</param>
/// <param name="PoolId">The nearest question of the pool; null when none shares an n-gram.</param>
/// <param name="Similarity">Jaccard index of their sets of n-grams, 0 .. 1; 1 when they differ in numbers alone.</param>
public sealed record NearDuplicate(string QuestionId, string? PoolId, double Similarity);
