namespace NaturalThoughts.Selection.Methods;

/// <summary>
/// Uniform over the annotated domains; within a domain, where its questions have topics, uniform over these; then uniform within. A
/// question of several topics is in one of them, by a keyed draw; questions without a topic are one more topic.
/// </summary>
internal sealed class TopicsSelector : ISelector
{
    public IReadOnlyList<string> Needs => [];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws) =>
        candidates.Count >= size
            ? EqualShares.Select(candidates, candidate => candidate.Signals.Domain, size, draws, candidate => Topic(candidate, draws))
            : throw Shortage.Error(SelectionMethod.Topics, size, candidates.Count, candidates.Count, "are in the pool", "Select fewer, or enlarge the pool.");

    private static string Topic(Candidate candidate, Draws draws) => candidate.Signals.Topics is { Count: > 0 } topics
        ? draws.Permute(topics, topic => $"topic:{candidate.Id}:{topic}").First()
        : "";
}
