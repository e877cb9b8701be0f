using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Problems;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>Questions as a pure function of source, seed and index.</summary>
internal static class ItemGenerator
{
    /// <summary>
    /// How often a text on the wrong side, one that tells the answer, or one without options that fit is drawn anew. Where one attempt in
    /// forty succeeds, all of them fail with probability 0.975^2000, below 1e-21.
    /// </summary>
    private const int Attempts = 2000;

    /// <summary>The id of a question.</summary>
    public static string Id(QuestionSource source, string seed, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{source.Prefix}-{seed}-{index}");

    /// <summary>The question at an index; null where no text on the right side was found.</summary>
    public static WorldItem? Create(QuestionSource source, string seed, int index)
    {
        string id = Id(source, seed, index);
        SeededRandom kind = SeededRandom.From("world", WorldEdition.Number, "kind", id);
        QuestionFamily family = source.Families[Weighted(kind, source.FamilyWeights)];
        int level = 1 + Weighted(kind, source.LevelWeights);
        int options = Weighted(kind, [source.Forms.Free, source.Forms.Four, source.Forms.Ten]) switch { 0 => 0, 1 => 4, _ => 10 };
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            SeededRandom random = SeededRandom.From("world", WorldEdition.Number, "text", id, attempt.ToString(CultureInfo.InvariantCulture));
            Problem problem = family.Create(random, level, options);
            if (problem.Told && !source.AsksTold)
            {
                continue;
            }

            string text = QuestionWriter.Write(random, problem, level);
            if (QuestionSide.IsForBenchmarks(text) == source.ForBenchmarks
                && (options == 0 ? [] : WrongAnswers.Draw(random, family, level, problem, options - 1)) is { } wrong)
            {
                return Finish(source, seed, index, id, family, level, problem, text, wrong);
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

    private static WorldItem Finish(
        QuestionSource source, string seed, int index, string id, QuestionFamily family, int level, Problem problem, string text, List<int> wrong)
    {
        SortedDictionary<string, string> meta = new(StringComparer.Ordinal)
        {
            ["domain"] = family.Domain,
            ["family"] = family.Name,
            ["level"] = level.ToString(CultureInfo.InvariantCulture),
            ["topic"] = problem.Topic ?? family.Topic,
        };
        if (wrong.Count == 0)
        {
            return new WorldItem(family, level, problem, new Question(id, text, problem.Show(problem.Answer)) { Meta = meta }, []);
        }

        int right = LetterOf(source, seed, index, wrong.Count + 1);
        List<int> values = [.. wrong];
        values.Insert(right, problem.Answer);
        Question question = new(id, text, ((char)('A' + right)).ToString()) { Options = [.. values.Select(problem.Show)], Meta = meta };
        return new WorldItem(family, level, problem, question, values);
    }

    /// <summary>Each block of as many indices as there are options has every letter once, so a benchmark of any length is balanced.</summary>
    private static int LetterOf(QuestionSource source, string seed, int index, int count)
    {
        List<int> letters = [.. Enumerable.Range(0, count)];
        SeededRandom.From(
            "world", WorldEdition.Number, "letters", source.Prefix, seed, (index / count).ToString(CultureInfo.InvariantCulture),
            count.ToString(CultureInfo.InvariantCulture)).Shuffle(letters);
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
