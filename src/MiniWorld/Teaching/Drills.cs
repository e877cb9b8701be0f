using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>Lists of single facts, worked out one by one in the teacher's spelling: what a base student knows before it reasons.</summary>
internal static class Drills
{
    private const int Facts = 6;

    /// <summary>A prompt that lists facts to find, and the facts.</summary>
    public static (string Prompt, string Response) Create(SeededRandom random)
    {
        List<(string Task, string Fact)> facts = [.. Enumerable.Range(0, Facts).Select(_ => Fact(random))];
        return ($"work out {string.Join(" , ", facts.Select(fact => fact.Task))}", string.Join(' ', facts.Select(fact => fact.Fact + " .")));
    }

    private static (string Task, string Fact) Fact(SeededRandom random)
    {
        int a = random.Between(1, 99);
        int b = random.Chance(0.75) ? random.Between(1, 9) : random.Between(1, 60);
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                a = random.Between(0, SolutionPlan.Limit - b);
                return Equation(a, '+', b, a + b);
            case 3 or 4 or 5:
                b = Math.Min(a, b);
                return Equation(a, '-', b, a - b);
            case 6:
                (a, b) = (random.Between(2, 12), random.Between(2, 8));
                return Equation(a, '*', b, a * b);
            case 7:
                (a, b) = (random.Between(2, 9), random.Between(2, 9));
                return Equation(a * b, '/', b, a);
            case 8:
                b = random.Chance(0.5) ? b : Math.Min(SolutionPlan.Limit, a + random.Between(0, 9));
                bool less = random.Chance(0.5);
                return random.Chance(0.5)
                    ? ($"{a} or {b} , {(less ? "less" : "more")}", $"{a} or {b} , {(less ? "less" : "more")} is {(less ? Math.Min(a, b) : Math.Max(a, b))}")
                    : ($"is {a} more than {b}", SolutionPlan.Comparison(a, b));
            case 9:
                int month = random.Next(12);
                int count = random.Between(1, 6);
                bool after = random.Chance(0.5);
                string start = $"{count} {(after ? "after" : "before")} {Words.Months[month]}";
                return (start, $"{start} is {Words.Months[(month + (after ? count : 12 - count)) % 12]}");
            case 10:
                int hour = random.Between(1, 12);
                int hours = random.Between(1, 6);
                bool forward = random.Chance(0.5);
                string from = $"clock {hour} {(forward ? "and" : "back")} {hours}";
                return (from, $"{from} is {((hour - 1 + (forward ? hours : 12 - hours)) % 12) + 1}");
            default:
                return random.Chance(0.5) ? Logic(random) : Extreme(random);
        }
    }

    private static (string Task, string Fact) Equation(int a, char sign, int b, int result) => ($"{a} {sign} {b}", $"{a} {sign} {b} = {result}");

    private static (string Task, string Fact) Logic(SeededRandom random)
    {
        (bool p, bool q) = (random.Chance(0.5), random.Chance(0.5));
        (string task, bool value) = random.Next(3) switch
        {
            0 => ($"{Word(p)} and {Word(q)}", p && q),
            1 => ($"{Word(p)} or {Word(q)}", p || q),
            _ => ($"not {Word(p)}", !p),
        };
        return (task, $"{task} is {Word(value)}");
    }

    private static (string Task, string Fact) Extreme(SeededRandom random)
    {
        List<int> numbers = [.. Enumerable.Range(1, 15)];
        random.Shuffle(numbers);
        numbers = numbers[..random.Between(2, 7)];
        bool smallest = random.Chance(0.5);
        string task = $"of {string.Join(' ', numbers)} {(smallest ? "smallest" : "largest")}";
        return (task, $"{task} is {(smallest ? numbers.Min() : numbers.Max())}");
    }

    private static string Word(bool value) => value ? "true" : "false";
}
