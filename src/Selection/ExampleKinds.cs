using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection;

/// <summary>
/// Which kind each example of a training set is. Each question draws for itself, by its id and the seed: so the System-2 examples of a smaller share are among
/// those of a larger one, and an example keeps its kind where the selection is cut or enlarged (but for <see cref="Mix.RandomAsDifficulty"/>, whose number
/// follows the selection).
/// </summary>
internal static class ExampleKinds
{
    /// <summary>Which examples are System 2.</summary>
    /// <param name="mix">The mix.</param>
    /// <param name="seed">Seed of what is drawn.</param>
    /// <param name="ids">[examples] the questions.</param>
    /// <param name="agree">Whether two models agree on the question at a place; asked only where the mix needs judgements.</param>
    /// <returns>[examples] true for System 2, false for System 1.</returns>
    public static bool[] System2(Mix mix, string seed, IReadOnlyList<string> ids, Func<int, bool> agree)
    {
        double Draw(int place) => SeededRandom.DrawDouble("compose", "mix", seed, ids[place]);
        int[] places = [.. Enumerable.Range(0, ids.Count)];
        if (mix.Probability is { } probability)
        {
            return [.. places.Select(place => Draw(place) < probability)];
        }

        if (!mix.NeedsJudgements)
        {
            return [.. places.Select(_ => mix == Mix.System2)];
        }

        bool[] difficult = [.. places.Select(place => !agree(place))];
        if (mix == Mix.Difficulty)
        {
            return difficult;
        }

        HashSet<int> drawn = [.. places.OrderBy(Draw).ThenBy(place => ids[place], StringComparer.Ordinal).Take(difficult.Count(is2 => is2))];
        return [.. places.Select(drawn.Contains)];
    }

    /// <summary>Which examples have no instruction in their prompt, whatever the mix.</summary>
    /// <param name="dropout">Their share, in [0, 1].</param>
    /// <param name="seed">Seed of what is drawn.</param>
    /// <param name="ids">[examples] the questions.</param>
    /// <returns>[examples] true for those without.</returns>
    public static bool[] WithoutInstruction(double dropout, string seed, IReadOnlyList<string> ids) =>
        [.. ids.Select(id => dropout > 0 && SeededRandom.DrawDouble("compose", "instruction", seed, id) < dropout)];
}
