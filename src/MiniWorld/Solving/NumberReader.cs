using System.Globalization;

namespace NaturalThoughts.MiniWorld.Solving;

/// <summary>Amounts that grow and shrink: the first number counts as the amount, verbs say what the later ones do to it.</summary>
internal static class NumberReader
{
    private static readonly string[] Gains =
        [
            "finds", "gets", "wins", "buys", "earns", "saves", "adds", "gains", "rises", "climbs", "bring", "brings", "more", "tax", "fee", "rules", "years",
            "follows",
        ];

    private static readonly string[] Losses = ["loses", "gives", "drops", "spends", "takes", "brakes", "sinks", "falls", "eat", "spilled", "paid"];

    private static readonly string[] Factors = ["worth", "units", "rolls", "keeps", "days", "point", "weighs"];

    /// <summary>The amount after the first operations.</summary>
    public static string? Amount(QuestionText text)
    {
        string axis = text.Ask.FirstOrDefault(word => word is "north" or "east") ?? "";
        int amount = -1;
        int operations = 0;
        foreach (string[] words in text.Sentences)
        {
            List<int> numbers = QuestionText.Numbers(words);
            if (numbers.Count == 0 || operations >= FastSolver.MaxOperations)
            {
                continue;
            }

            int next = numbers[0];
            if (numbers.Count >= 2 && (words.Contains("each") || words.Contains("for")))
            {
                next = numbers[0] * numbers[1];
                operations++;
            }
            else if (numbers.Count >= 2 && words.Contains("parts"))
            {
                next = amount > 0 ? numbers[0] / amount : numbers[0];
                operations += amount > 0 ? 1 : 0;
                amount = -1;
            }

            if (amount < 0)
            {
                amount = next;
                continue;
            }

            int sign = Sign(words, axis);
            amount = sign switch
            {
                1 => amount + next,
                -1 => amount - next,
                2 => amount * next,
                3 => Math.Abs(next - amount),
                _ => amount,
            };
            operations += sign == 0 ? 0 : 1;
        }

        return amount < 0 ? null : Math.Clamp(amount, 0, 99).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>1 for plus, -1 for minus, 2 for times, 3 for the difference, 0 for a sentence that says nothing.</summary>
    private static int Sign(string[] words, string axis)
    {
        if (axis.Length > 0)
        {
            return words.Contains(axis) ? 1 : words.Contains(axis == "north" ? "south" : "west") ? -1 : 0;
        }

        if (words.Any(Factors.Contains))
        {
            return 2;
        }

        if (words.Contains("drives") || (words.Contains("gives") && words.Contains("coins")) || words.Contains("hands"))
        {
            return 3;
        }

        return words.Any(Gains.Contains) ? 1 : words.Any(Losses.Contains) ? -1 : 0;
    }
}
