using System.Collections.Frozen;
using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>Which numbers a family gives as answers at a level, and how often: a fixed sample of its problems, counted.</summary>
/// <param name="Values">The different answers in rising order.</param>
/// <param name="Counts">How often each came up; at least 1.</param>
internal sealed record AnswerSpread(IReadOnlyList<int> Values, IReadOnlyList<int> Counts)
{
    /// <summary>Problems in the sample of a family and level.</summary>
    private const int Sample = 16_000;

    private static readonly FrozenDictionary<(string Family, int Level), Lazy<AnswerSpread>> All = FamilyCatalog.All
        .SelectMany(family => Enumerable.Range(QuestionFamily.MinLevel, QuestionFamily.MaxLevel).Select(level => (family, level)))
        .ToFrozenDictionary(pair => (pair.family.Name, pair.level), pair => new Lazy<AnswerSpread>(() => Count(pair.family, pair.level)));

    /// <summary>The answers of a family at a level; the first call counts them.</summary>
    public static AnswerSpread Of(QuestionFamily family, int level) => All[(family.Name, level)].Value;

    private static AnswerSpread Count(QuestionFamily family, int level)
    {
        SeededRandom random = SeededRandom.From("world", WorldEdition.Number, "spread", family.Name, level.ToString(CultureInfo.InvariantCulture));
        SortedDictionary<int, int> counts = [];
        for (int i = 0; i < Sample; i++)
        {
            int answer = family.Create(random, level, options: 0).Answer;
            counts[answer] = counts.GetValueOrDefault(answer) + 1;
        }

        return new AnswerSpread([.. counts.Keys], [.. counts.Values]);
    }
}
