using System.Globalization;

namespace NaturalThoughts.MiniWorld.Solving;

/// <summary>Lists: sorting, counting, rows by a rule.</summary>
internal static class ListReader
{
    /// <summary>How many items of a list it looks at when it counts.</summary>
    private const int Span = 5;

    /// <summary>Takes out the smallest or the largest a few times, then adds or takes.</summary>
    public static string? Sorted(QuestionText text)
    {
        List<int> numbers = text.Sentences.Select(QuestionText.Numbers).FirstOrDefault(found => found.Count >= 3) ?? [];
        if (numbers.Count == 0 || !text.Has("sort", "line") || QuestionText.Numbers(text.Ask) is not [int other, int place])
        {
            return null;
        }

        bool rising = text.Words.ToList().IndexOf("small") is int small && (small < 0 ? text.Has("smallest") : text.Words[small - 1] == "from");
        List<int> order = rising ? [.. numbers.Order()] : [.. numbers.OrderDescending()];
        int found = order[Math.Min(place, FastSolver.MaxOperations - 1) - 1];
        return Write(text.Ask.Contains("less") || text.Ask.Contains("minus") ? Math.Max(0, other - found) : other + found);
    }

    /// <summary>Counts one colour in the first items, with its points.</summary>
    public static string? Counted(QuestionText text)
    {
        string[]? list = text.Sentences.FirstOrDefault(words => words.Contains("holds") && words.Count(word => word == ",") >= 2);
        if (list is null)
        {
            return null;
        }

        string[] items = [.. list.SkipWhile(word => word != "holds").Skip(1).Where(word => word != ",")];
        string? colour = text.Ask.FirstOrDefault(items.Contains);
        int start = text.Sentences.Where(words => words.Contains("far")).Select(QuestionText.Numbers).FirstOrDefault(found => found.Count > 0)?[0] ?? 0;
        int points = QuestionText.Numbers(text.Ask) is [int number] ? number : 1;
        return Write(Math.Max(0, start + ((text.Ask.Contains("takes") ? -points : points) * items.Take(Span).Count(item => item == colour))));
    }

    /// <summary>Applies the rule a few times.</summary>
    public static string? Row(QuestionText text)
    {
        if (!text.Ask.Contains("row") && !text.Ask.Contains("place"))
        {
            return null;
        }

        int row = -1;
        List<int> changes = [];
        foreach (string[] words in text.Sentences)
        {
            List<int> numbers = QuestionText.Numbers(words);
            if (numbers.Count == 0)
            {
                continue;
            }

            if (row < 0 && words.Contains("row"))
            {
                row = numbers[^1];
            }
            else if (words.Contains("add") || words.Contains("more"))
            {
                changes.Add(numbers[0]);
            }
            else if (words.Contains("take") || words.Contains("less"))
            {
                changes.Add(-numbers[0]);
            }

            if (numbers.Count == 2 && words.Contains("take"))
            {
                changes.Add(-numbers[1]);
            }
        }

        int steps = Math.Min(FastSolver.MaxOperations, (QuestionText.Numbers(text.Ask) is [int place] ? place : 2) - 1);
        for (int i = 0; i < steps && changes.Count > 0; i++)
        {
            row += changes[i % changes.Count];
        }

        return Write(Math.Max(0, row));
    }

    private static string Write(int number) => number.ToString(CultureInfo.InvariantCulture);
}
