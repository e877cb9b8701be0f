using System.Globalization;

namespace NaturalThoughts.MiniWorld.Solving;

/// <summary>
/// The second model: a bounded reader. It goes through the words once, keeps one intermediate result and does at most
/// <see cref="MaxOperations"/> operations; what comes after <see cref="Span"/> words is lost on it. It knows nothing but the text and the options.
/// </summary>
internal static class FastSolver
{
    /// <summary>How many operations it can do.</summary>
    public const int MaxOperations = 3;

    /// <summary>How many words it reads before the sentence that asks; the sentence in which they end is lost.</summary>
    public const int Span = 21;

    private static readonly Func<QuestionText, string?>[] Readers =
        [CycleReader.Month, CycleReader.Clock, ListReader.Sorted, ListReader.Counted, ChainReader.Road, ChainReader.Line, ListReader.Row, ChainReader.Place,
            GateReader.Prize, NumberReader.Amount];

    /// <summary>The answer: the words of an option where there are options.</summary>
    public static string Answer(string text, IReadOnlyList<string> options)
    {
        QuestionText question = new(text);
        string value = "0";
        foreach (Func<QuestionText, string?> reader in Readers)
        {
            if (reader(question) is { } found)
            {
                value = found;
                break;
            }
        }

        return options.Count == 0 ? value : options[Nearest(value, options, question)];
    }

    /// <summary>The option that is the value; else the nearest number, or the option that the text names last.</summary>
    private static int Nearest(string value, IReadOnlyList<string> options, QuestionText question)
    {
        for (int i = 0; i < options.Count; i++)
        {
            if (options[i] == value)
            {
                return i;
            }
        }

        int best = 0;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            int distance = int.MaxValue;
            for (int i = 0; i < options.Count; i++)
            {
                if (int.TryParse(options[i], NumberStyles.None, CultureInfo.InvariantCulture, out int option) && Math.Abs(option - number) < distance)
                {
                    (best, distance) = (i, Math.Abs(option - number));
                }
            }

            return best;
        }

        int last = -1;
        for (int i = 0; i < options.Count; i++)
        {
            int at = question.Words.ToList().LastIndexOf(options[i]);
            if (at > last)
            {
                (best, last) = (i, at);
            }
        }

        return best;
    }
}
