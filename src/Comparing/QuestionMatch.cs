using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Comparing;

/// <summary>Which questions of one run are which of another.</summary>
internal sealed class QuestionMatch
{
    private QuestionMatch(int[] partner, int unpaired)
    {
        Partner = partner;
        OnlyInSecond = unpaired;
    }

    /// <summary>Per question of the first run the index of the same one in the second; -1 for none.</summary>
    public int[] Partner { get; }

    /// <summary>Number of questions of the second that no one of the first is.</summary>
    public int OnlyInSecond { get; }

    /// <summary>The first question of the second run that is only there; null for none.</summary>
    public RunQuestion? FirstOnlyInSecond { get; private init; }

    /// <summary>Number of ids that both have, with another text.</summary>
    public int OtherText { get; private init; }

    /// <summary>Number of questions that were matched by an id alone, since only one of the two has a text.</summary>
    public int Unchecked { get; private init; }

    /// <summary>Matches two runs; each question is matched once.</summary>
    /// <param name="first">The questions of the first run.</param>
    /// <param name="second">Those of the second.</param>
    /// <param name="by">One of <see cref="MatchWays"/>.</param>
    public static QuestionMatch Of(IReadOnlyList<RunQuestion> first, IReadOnlyList<RunQuestion> second, string by)
    {
        int[] partner = new int[first.Count];
        Array.Fill(partner, -1);
        bool[] taken = new bool[second.Count];
        int other = 0, unseen = 0;
        if (by != MatchWays.Text)
        {
            Dictionary<string, int> ids = Index(second, question => question.Id);
            for (int i = 0; i < first.Count; i++)
            {
                if (first[i].Id is { } id && ids.TryGetValue(id, out int found))
                {
                    bool known = QuestionText.AreComparable(first[i].TextKey, second[found].TextKey);
                    bool differs = known && first[i].TextKey != second[found].TextKey;
                    other += differs ? 1 : 0;
                    unseen += known || (first[i].TextKey is null && second[found].TextKey is null) ? 0 : 1;
                    (partner[i], taken[found]) = differs ? (-1, taken[found]) : (found, true);
                }
            }
        }

        if (by != MatchWays.Id)
        {
            Dictionary<string, int> texts = Index(second, question => question.TextKey);
            for (int i = 0; i < first.Count; i++)
            {
                if (partner[i] < 0 && first[i].TextKey is { } text && texts.TryGetValue(text, out int found) && !taken[found])
                {
                    (partner[i], taken[found]) = (found, true);
                }
            }
        }

        int left = Array.IndexOf(taken, false);
        return new QuestionMatch(partner, taken.Count(used => !used))
        {
            FirstOnlyInSecond = left < 0 ? null : second[left],
            OtherText = other,
            Unchecked = unseen,
        };
    }

    // Of two questions with one text the first: the other one has to have an id.
    private static Dictionary<string, int> Index(IReadOnlyList<RunQuestion> questions, Func<RunQuestion, string?> key)
    {
        Dictionary<string, int> index = new(StringComparer.Ordinal);
        for (int i = 0; i < questions.Count; i++)
        {
            if (key(questions[i]) is { } name)
            {
                index.TryAdd(name, i);
            }
        }

        return index;
    }
}
