using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection;

/// <summary>
/// A worse annotator: a share of the questions carries the domain, topics, strategies and verbosity of a question that is drawn at random from the same
/// pool (itself included), so that the labels keep their frequencies. What was measured, not annotated, stays: length, cluster, agreement, reference. A
/// question that is mislabelled at one share is so, in the same way, at each larger one.
/// </summary>
internal static class AnnotationNoise
{
    /// <param name="candidates">In ordinal order of their ids.</param>
    /// <param name="share">The probability that a question is mislabelled, in [0, 1].</param>
    /// <param name="seed">Seed of the draws.</param>
    public static IReadOnlyList<Candidate> Apply(IReadOnlyList<Candidate> candidates, double share, string seed)
    {
        Draws draws = new(seed, "annotation-noise");
        return [.. candidates.Select(candidate => draws.Chance(share, candidate.Id) ? Mislabelled(candidate, Donor(candidate).Signals) : candidate)];

        Candidate Donor(Candidate candidate) => candidates[SeededRandom.From("select", "annotation-noise", "donor", seed, candidate.Id).Next(candidates.Count)];
    }

    private static Candidate Mislabelled(Candidate candidate, Signals other) => candidate with
    {
        Signals = candidate.Signals with { Domain = other.Domain, Topics = other.Topics, Strategies = other.Strategies, Verbosity = other.Verbosity },
    };
}
