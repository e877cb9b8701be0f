namespace NaturalThoughts.Experiments.Binding;

/// <summary>What benchmarks and a corpus take from the world of the questions where they do not say otherwise.</summary>
/// <param name="Seed">Seed of all texts.</param>
/// <param name="Levels">The hardest level of pool and corpus; null for all.</param>
internal sealed record WorldDefaults(string Seed, int? Levels);
