namespace NaturalThoughts.MiniWorld.Solving;

/// <summary>Roads, lines of people and boxes: only the first links are followed.</summary>
internal static class ChainReader
{
    /// <summary>Pairs such as <c>rome to oslo</c>, and where to start.</summary>
    public static string? Road(QuestionText text)
    {
        string[]? map = text.Sentences.FirstOrDefault(words => words.Count(word => word == "to") >= 2);
        if (map is null)
        {
            return null;
        }

        Dictionary<string, string> next = [];
        for (int i = 1; i + 1 < map.Length; i++)
        {
            if (map[i] == "to")
            {
                next[map[i - 1]] = map[i + 1];
            }
        }

        foreach (string[] words in text.Sentences)
        {
            if (words != map && QuestionText.Numbers(words) is [int steps] && words.FirstOrDefault(next.ContainsKey) is { } start)
            {
                return Follow(next, start, steps);
            }
        }

        return null;
    }

    /// <summary>The person at the asked place in a line of people; null where the question asks something else.</summary>
    public static string? Line(QuestionText text)
    {
        if (!text.Has("behind", "before")
            || text.Sentences.FirstOrDefault(words => words.Contains("line") && (words.Contains("first") || words.Contains("1"))) is not { } head)
        {
            return null;
        }

        Dictionary<string, string> next = [];
        foreach (string[] words in text.Sentences)
        {
            if (words.Contains("behind"))
            {
                next[words[^1]] = words[0];
            }
            else if (words.Contains("before"))
            {
                next[words[0]] = words[^1];
            }
        }

        string first = head.Contains("first") ? head[0] : head[^1];
        return QuestionText.Numbers(text.Ask) is [int place] ? Follow(next, first, place - 1) : null;
    }

    /// <summary>Where the thing is, and the first moves that touch its box.</summary>
    public static string? Place(QuestionText text)
    {
        string[]? start = text.Sentences.FirstOrDefault(words =>
            (words.Contains("in") && words.Contains("is")) || (words.Contains("holds") && words[0] == "the"));
        if (start is null || !text.Has("all"))
        {
            return null;
        }

        string at = start.Contains("holds") ? start[1] : start[^2];
        int operations = 0;
        foreach (string[] words in text.Sentences)
        {
            if (words.Contains("all") && operations < FastSolver.MaxOperations && QuestionText.After(words, "from") == at)
            {
                at = words[^1];
                operations++;
            }
        }

        return at;
    }

    private static string Follow(Dictionary<string, string> next, string start, int steps)
    {
        for (int i = 0; i < Math.Min(steps, FastSolver.MaxOperations) && next.TryGetValue(start, out string? to); i++)
        {
            start = to;
        }

        return start;
    }
}
