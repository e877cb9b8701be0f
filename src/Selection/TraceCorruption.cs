using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>
/// A positive control: a share of the examples carries the trace and the answer of another question of the selection, whose answer is another one, drawn by
/// the owned generator.
/// </summary>
internal static class TraceCorruption
{
    private const int Attempts = 10_000;

    /// <summary>The corrupted places, each with the place whose trace it carries.</summary>
    /// <param name="ids">The selection.</param>
    /// <param name="trace">The trace of a place.</param>
    /// <param name="share">In (0, 1]; so much of the selection, rounded to a whole number, is corrupted.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="UserErrorException">No other question has another answer.</exception>
    public static IReadOnlyDictionary<int, int> Of(IReadOnlyList<string> ids, Func<int, Trace> trace, double share, string seed)
    {
        int count = (int)Math.Round(share * ids.Count, MidpointRounding.AwayFromZero);
        int[] corrupted = [.. Enumerable.Range(0, ids.Count)
            .OrderBy(place => SeededRandom.Draw("compose", "corrupt", "order", seed, ids[place]))
            .ThenBy(place => ids[place], StringComparer.Ordinal)
            .Take(count)];
        return corrupted.ToDictionary(place => place, Donor);

        int Donor(int place)
        {
            SeededRandom random = SeededRandom.From("compose", "corrupt", "donor", seed, ids[place]);
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                int donor = random.Next(ids.Count);
                if (!string.Equals(trace(donor).Answer.Trim(), trace(place).Answer.Trim(), StringComparison.Ordinal))
                {
                    return donor;
                }
            }

            throw new UserErrorException(
                $"'{Quoted.Of(ids[place])}' cannot be given a wrong trace: in {Attempts} draws no question of the selection had another answer.", "corrupt",
                "Select more questions, or leave 'corrupt' out.");
        }
    }
}
