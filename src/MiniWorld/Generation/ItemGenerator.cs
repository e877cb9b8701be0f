using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Problems;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>Questions as a pure function of source, seed and index.</summary>
internal static class ItemGenerator
{
    /// <summary>How often a text on the wrong side is drawn anew. A source on the smaller side fails with probability 0.75^128, below 1e-15.</summary>
    private const int Attempts = 128;

    /// <summary>The id of a question.</summary>
    public static string Id(QuestionSource source, string seed, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{source.Prefix}-{seed}-{index}");

    /// <summary>The question at an index; null where no text on the right side was found.</summary>
    public static WorldItem? Create(QuestionSource source, string seed, int index)
    {
        string id = Id(source, seed, index);
        SeededRandom kind = SeededRandom.From("world", "kind", id);
        Family family = source.Families[Weighted(kind, source.FamilyWeights)];
        int level = 1 + Weighted(kind, source.LevelWeights);
        int form = Weighted(kind, [source.Forms.Free, source.Forms.Four, source.Forms.Ten]);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            SeededRandom random = SeededRandom.From("world", "text", id, attempt.ToString(CultureInfo.InvariantCulture));
            Problem problem = family.Create(random, level);
            string text = QuestionWriter.Write(random, problem, level);
            if (QuestionSide.IsForBenchmarks(text) == source.ForBenchmarks)
            {
                return Finish(source, seed, index, id, family, level, form, problem, text, random);
            }
        }

        return null;
    }

    /// <summary>The question that an id names; null for an id that is none of this world's.</summary>
    public static WorldItem? FromId(string id)
    {
        int first = id.IndexOf('-', StringComparison.Ordinal);
        int last = id.LastIndexOf('-');
        if (first < 0 || last <= first || QuestionSource.ByPrefix(id[..first]) is not { } source
            || !int.TryParse(id.AsSpan(last + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return null;
        }

        return Create(source, id[(first + 1)..last], index);
    }

    private static WorldItem Finish(QuestionSource source, string seed, int index, string id, Family family, int level, int form, Problem problem, string text, SeededRandom random)
    {
        SortedDictionary<string, string> meta = new(StringComparer.Ordinal)
        {
            ["domain"] = family.Domain,
            ["family"] = family.Name,
            ["level"] = level.ToString(CultureInfo.InvariantCulture),
        };
        if (form == 0)
        {
            return new WorldItem(family, level, problem, new Question(id, text, problem.Show(problem.Answer)) { Meta = meta }, []);
        }

        int count = form == 1 ? 4 : 10;
        int right = LetterOf(source, seed, index, count);
        List<int> values = WrongAnswers.Draw(random, problem, count - 1);
        values.Insert(right, problem.Answer);
        Question question = new(id, text, ((char)('A' + right)).ToString()) { Options = [.. values.Select(problem.Show)], Meta = meta };
        return new WorldItem(family, level, problem, question, values);
    }

    /// <summary>Each block of as many indices as there are options has every letter once, so a benchmark of any length is balanced.</summary>
    private static int LetterOf(QuestionSource source, string seed, int index, int count)
    {
        List<int> letters = [.. Enumerable.Range(0, count)];
        SeededRandom.From("world", "letters", source.Prefix, seed, (index / count).ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)).Shuffle(letters);
        return letters[index % count];
    }

    private static int Weighted(SeededRandom random, IReadOnlyList<double> weights)
    {
        double at = random.NextDouble() * weights.Sum();
        int last = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                at -= weights[i];
                if (at < 0)
                {
                    return i;
                }
            }
        }

        return last;
    }
}
