namespace NaturalThoughts.MiniWorld.Solving;

/// <summary>Truth values: few operations, the choice of the prize among them, what comes on top at last; a sign that is not known counts as true.</summary>
internal static class GateReader
{
    public static string? Prize(QuestionText text)
    {
        string[]? rule = text.Sentences.FirstOrDefault(words => words.Contains("prize") && words.Contains("if"));
        if (rule is null || QuestionText.Numbers(rule) is not [int yes, int no])
        {
            return null;
        }

        Dictionary<string, bool> known = [];
        int operations = 1;
        foreach (string[] words in text.Sentences)
        {
            if (words is [_, "is", "true" or "false"])
            {
                known[words[0]] = words[2] == "true";
            }
            else if (words is [_, "is", _, "and" or "or", _] && operations < FastSolver.MaxOperations)
            {
                (bool a, bool b) = (known.GetValueOrDefault(words[2], true), known.GetValueOrDefault(words[4], true));
                known[words[0]] = words[3] == "and" ? a && b : a || b;
                operations++;
            }
            else if (words is [_, "is", "not", _] && operations < FastSolver.MaxOperations)
            {
                known[words[0]] = !known.GetValueOrDefault(words[3], true);
                operations++;
            }
        }

        string sign = QuestionText.After(rule, "if") ?? "";
        int change = QuestionText.Numbers(text.Ask) is [int count] ? count : 0;
        int prize = known.GetValueOrDefault(sign, true) ? yes : no;
        return (text.Ask.Contains("spent") || text.Ask.Contains("less") ? Math.Max(0, prize - change) : prize + change)
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
