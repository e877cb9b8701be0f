using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>The k-th number of an unsorted list, found by taking out the smallest (or the largest) again and again.</summary>
internal sealed class SortingFamily : Family
{
    public override string Name => "sorting";

    public override string Domain => "Mathematics";

    public override Problem Create(SeededRandom random, int level)
    {
        bool rising = random.Chance(0.6);
        List<int> numbers = Draw(random, [.. Enumerable.Range(1, 15)], Math.Min(level + 2, 7));
        Plan plan = new();
        for (int i = 0; i < level; i++)
        {
            int taken = i;
            plan.Add(new Step
            {
                Label = $"place {i + 1}",
                Goal = rising ? "smallest" : "largest",
                Compute = tape => Left(numbers, tape, taken) is { Count: > 0 } left ? (rising ? left.Min() : left.Max()) : -1,
                Say = (tape, result) => $"of {string.Join(' ', Left(numbers, tape, taken))} {(rising ? "smallest" : "largest")} is {result}",
                Condition = null,
                Slips = (tape, result) => [.. Left(numbers, tape, taken).Where(number => number != result).OrderBy(number => Math.Abs(number - result)).ThenBy(number => number)],
            });
        }

        string direction = rising ? random.Pick<string>(["from small to large", "smallest first"]) : random.Pick<string>(["from large to small", "largest first"]);
        return new Problem
        {
            Facts = [$"{random.Pick<string>(["the numbers are", "a list holds", "these numbers are given :"])} {string.Join(' ', numbers)}", $"{random.Pick<string>(["sort them", "put them in a line"])} {direction}"],
            Ask = random.Pick<string>([$"which number stands at place {level}", $"what is number {level} of the line"]),
            Goal = $"number at place {level}",
            Plan = plan,
            Answer = (rising ? numbers.Order() : numbers.OrderDescending()).ElementAt(level - 1),
            Noise = ["no number stands twice", "the list was longer last week"],
            Traps = [numbers[level - 1], .. numbers],
        };
    }

    private static List<int> Left(List<int> numbers, IReadOnlyList<int> tape, int taken) =>
        [.. numbers.Where(number => !tape.Take(taken).Contains(number))];
}
