using NaturalThoughts.Contracts;

namespace NaturalThoughts.Records;

/// <summary>
/// Which questions of a training set are held out: their examples are not trained on, their loss is measured. A function of the seed and the ids; the order of
/// the rows does not count. All examples of a question stand on one side.
/// </summary>
public static class HeldOutDraw
{
    /// <summary>The questions that are held out.</summary>
    /// <param name="ids">The question of each example; a question may have several.</param>
    /// <param name="share">Of the questions, in [0, 1): rounded to the nearest number, halves up, and at least one question where it is above 0.</param>
    /// <param name="seed">The seed of the training.</param>
    public static IReadOnlySet<string> Of(IEnumerable<string> ids, double share, string seed)
    {
        if (share <= 0)
        {
            return new HashSet<string>(StringComparer.Ordinal);
        }

        string[] drawn =
            [.. ids.Distinct(StringComparer.Ordinal).OrderBy(id => SeededRandom.Draw("held-out", seed, id)).ThenBy(id => id, StringComparer.Ordinal)];
        return drawn.Take(Math.Max(1, (int)Math.Round(share * drawn.Length, MidpointRounding.AwayFromZero))).ToHashSet(StringComparer.Ordinal);
    }
}
