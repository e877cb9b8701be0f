namespace NaturalThoughts.Selection;

/// <summary>
/// The control of every method: whole sets of signals change places among the questions, so that a method sees the same
/// distribution of signals but nothing about the question it selects.
/// </summary>
internal static class SignalPermutation
{
    /// <summary>The same ids and the same signals, joined by a seeded permutation; <paramref name="candidates"/> in ordinal order.</summary>
    public static IReadOnlyList<Candidate> Apply(IReadOnlyList<Candidate> candidates, string seed) =>
    [
        .. new Draws(seed, "permute-annotations").Permute(candidates).Zip(candidates, (target, source) => target with { Signals = source.Signals })
            .OrderBy(candidate => candidate.Id, StringComparer.Ordinal),
    ];
}
