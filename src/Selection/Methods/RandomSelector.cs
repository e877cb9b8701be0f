namespace NaturalThoughts.Selection.Methods;

/// <summary>Uniform without replacement: the first of the seeded permutation.</summary>
internal sealed class RandomSelector : ISelector
{
    public IReadOnlyList<string> Needs => [];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws) =>
        candidates.Count >= size
            ? [.. draws.Permute(candidates).Take(size).Select(candidate => candidate.Id)]
            : throw Shortage.Error(SelectionMethod.Random, size, candidates.Count, candidates.Count, "are in the pool", "Select fewer, or enlarge the pool.");
}
