using System.Globalization;

namespace NaturalThoughts.MiniWorld.Solving;

/// <summary>Months and hours: moves round a circle of twelve.</summary>
internal static class CycleReader
{
    private static readonly List<string> Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    /// <summary>One month is known; each sentence that builds on the last known event is followed.</summary>
    public static string? Month(QuestionText text)
    {
        int month = -1;
        string known = "";
        int operations = 0;
        foreach (string[] words in text.Sentences)
        {
            if (words.FirstOrDefault(Months.Contains) is { } name)
            {
                if (month < 0)
                {
                    (month, known) = (Months.IndexOf(name), words.LastOrDefault(word => word != name && word != "in" && word != "is") ?? "");
                }
            }
            else if (month >= 0 && operations < FastSolver.MaxOperations && words.Contains("months") && words.Contains(known)
                && QuestionText.Numbers(words) is [int count])
            {
                month = (month + (words.Contains("after") ? count : 12 - (count % 12))) % 12;
                known = words.Last() == known && words[0] == "the" ? words[1] : words.Last();
                operations++;
            }
        }

        return month < 0 ? null : Months[month];
    }

    /// <summary>The hour shown, and the first hours named after it.</summary>
    public static string? Clock(QuestionText text)
    {
        string[]? start = text.Sentences.FirstOrDefault(words => words.Contains("clock") && QuestionText.Numbers(words).Count > 0);
        if (start is null || !text.Has("hours"))
        {
            return null;
        }

        int hour = QuestionText.Numbers(start)[0];
        bool back = text.Ask.Contains("start");
        int operations = 0;
        foreach (string[] words in text.Sentences)
        {
            if (words.Contains("hours") && operations < FastSolver.MaxOperations && QuestionText.Numbers(words) is [int hours])
            {
                hour = ((hour - 1 + (back ? 24 - hours : hours)) % 12) + 1;
                operations++;
            }
        }

        return hour.ToString(CultureInfo.InvariantCulture);
    }
}
