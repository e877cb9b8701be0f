using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection;

/// <summary>The draws of one selection: each is keyed by the seed, its purpose and a name, so that none depends on the order of rows.</summary>
internal sealed class Draws(string seed, string purpose)
{
    /// <summary>The names in a seeded permutation: ascending by draw, ties by ordinal name.</summary>
    public IEnumerable<T> Permute<T>(IEnumerable<T> items, Func<T, string> name) =>
        items.OrderBy(item => SeededRandom.Draw("select", purpose, "order", seed, name(item))).ThenBy(name, StringComparer.Ordinal);

    /// <summary>The candidates in the seeded permutation.</summary>
    public IEnumerable<Candidate> Permute(IEnumerable<Candidate> candidates) => Permute(candidates, candidate => candidate.Id);

    /// <summary>True with the given probability, by the name's own uniform number in [0, 1).</summary>
    public bool Chance(double probability, string name) => SeededRandom.DrawDouble("select", purpose, "chance", seed, name) < probability;
}
