namespace NaturalThoughts.Selection.Methods;

/// <summary>The first in the round-robin order of <see cref="NearestStage"/>. Nothing is drawn: replicates of one base student share a selection.</summary>
internal sealed class RdsPlusSelector : ISelector
{
    public IReadOnlyList<string> Needs => [Roles.Nearest];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws) =>
        candidates.Count >= size
            ? [.. candidates.OrderBy(candidate => candidate.Signals.Place!.Value).Take(size).Select(candidate => candidate.Id)]
            : throw Shortage.Error(SelectionMethod.RdsPlus, size, candidates.Count, candidates.Count, "are in the pool", "Select fewer, or enlarge the pool.");
}
