namespace NaturalThoughts.Selection.Methods;

/// <summary>Uniform over the questions that two models answer differently.</summary>
internal sealed class ModelsDisagreeSelector : ISelector
{
    public IReadOnlyList<string> Needs => [Roles.Judgements];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws)
    {
        List<Candidate> disputed = [.. candidates.Where(candidate => candidate.Signals.Agree is false)];
        return disputed.Count >= size
            ? [.. draws.Permute(disputed).Take(size).Select(candidate => candidate.Id)]
            : throw Shortage.Error(
                SelectionMethod.ModelsDisagree,
                size,
                disputed.Count,
                candidates.Count,
                "are answered differently by the two models",
                "Select fewer, or enlarge the pool.");
    }
}
