namespace NaturalThoughts.Selection.Methods;

/// <summary>Uniform over the questions whose reference answer is short: answers that are easy to verify. A question without one is not among them.</summary>
internal sealed class ShortReferenceSelector(ShortReferenceOptions options) : ISelector
{
    public IReadOnlyList<string> Needs => [];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws)
    {
        List<Candidate> kept =
            [.. candidates.Where(candidate => candidate.Signals.ReferenceCharacters > 0 && candidate.Signals.ReferenceCharacters <= options.MaxCharacters)];
        return kept.Count >= size
            ? [.. draws.Permute(kept).Take(size).Select(candidate => candidate.Id)]
            : throw Shortage.Error(
                SelectionMethod.ShortReference,
                size,
                kept.Count,
                candidates.Count,
                $"have a reference answer of at most {options.MaxCharacters} characters",
                "Select fewer, raise shortReference.maxCharacters, or enlarge the pool.");
    }
}
