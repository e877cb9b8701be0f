namespace NaturalThoughts.Selection.Methods;

/// <summary>Uniform over the annotated domains, then uniform within.</summary>
internal sealed class TopicsSelector : ISelector
{
    public IReadOnlyList<string> Needs => [];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws) =>
        candidates.Count >= size
            ? EqualShares.Select(candidates, candidate => candidate.Signals.Domain, size, draws)
            : throw Shortage.Error(SelectionMethod.Topics, size, candidates.Count, candidates.Count, "are in the pool", "Select fewer, or enlarge the pool.");
}
