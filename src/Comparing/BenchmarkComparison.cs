namespace NaturalThoughts.Comparing;

/// <summary>All runs on one benchmark.</summary>
/// <param name="Name">The benchmark, as the first run calls it.</param>
/// <param name="Questions">Number of questions that are compared.</param>
/// <param name="Repeats">Answers to each of them.</param>
/// <param name="Runs">The runs, in order.</param>
/// <param name="Comparisons">Each run after the first against the first.</param>
/// <param name="Notes">What a reader must know, in sentences.</param>
public sealed record BenchmarkComparison(
    string Name, int Questions, int Repeats, IReadOnlyList<ScoredRun> Runs, IReadOnlyList<PairedComparison> Comparisons, IReadOnlyList<string> Notes);
