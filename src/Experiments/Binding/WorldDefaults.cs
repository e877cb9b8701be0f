namespace NaturalThoughts.Experiments.Binding;

/// <summary>
/// What benchmarks and a corpus of the world take where they do not say otherwise: what the questions have; where these are of no world, the profile's seed.
/// </summary>
/// <param name="Seed">Seed of all texts.</param>
/// <param name="Levels">The hardest level of pool and corpus; null for all.</param>
/// <param name="Strategies">What the teacher's strategies are; null for functional ones.</param>
internal sealed record WorldDefaults(string Seed, int? Levels, string? Strategies = null);
