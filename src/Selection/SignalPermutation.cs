namespace NaturalThoughts.Selection;

/// <summary>
/// The control of every method: whole sets of signals change places among the questions, so that a method sees the same
/// distribution of signals but nothing about the question it selects, or nothing but the length of its trace.
/// </summary>
public static class SignalPermutation
{
    /// <summary>Among all questions.</summary>
    public const string All = "all";

    /// <summary>
    /// Among questions whose traces have nearly the same length: the selected traces are as long as the method's own, and whatever else it selects by is gone.
    /// </summary>
    public const string Lengths = "lengths";

    /// <summary>Questions that change places with each other under <see cref="Lengths"/>: neighbours in the order of their traces' lengths.</summary>
    internal const int Stratum = 50;

    /// <summary>Among which questions signals can change places.</summary>
    public static IReadOnlyList<string> Known { get; } = [All, Lengths];

    /// <summary>The same ids and the same signals, joined by a seeded permutation.</summary>
    /// <param name="candidates">In ordinal order of their ids.</param>
    /// <param name="among">One of <see cref="Known"/>.</param>
    /// <param name="seed">Seed of the draws.</param>
    internal static IReadOnlyList<Candidate> Apply(IReadOnlyList<Candidate> candidates, string among, string seed)
    {
        Draws draws = new(seed, "permute-annotations");
        IEnumerable<IReadOnlyList<Candidate>> strata =
            among == All ? [candidates] : candidates.OrderBy(candidate => candidate.Signals.Tokens).Chunk(Stratum);
        return
        [
            .. strata.SelectMany(stratum => draws.Permute(stratum).Zip(stratum, (target, source) => target with { Signals = source.Signals }))
                .OrderBy(candidate => candidate.Id, StringComparer.Ordinal),
        ];
    }
}
