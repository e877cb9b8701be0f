namespace NaturalThoughts.Experiments;

/// <summary>The embedded world of a profile.</summary>
/// <param name="Seed">Seed of all its texts.</param>
/// <param name="Pool">Questions to select from.</param>
/// <param name="Corpus">Examples that the base student is trained on; null where none is.</param>
/// <param name="HardestLevel">The hardest level of the pool and of the corpus's worked solutions; null for all.</param>
/// <param name="Benchmarks">The held-out benchmarks, in the order of the file.</param>
public sealed record WorldSettings(string Seed, int Pool, int? Corpus, int? HardestLevel, IReadOnlyList<BenchmarkSettings> Benchmarks)
{
    /// <summary>Levels of difficulty that the world has.</summary>
    public const int Levels = 6;
}
