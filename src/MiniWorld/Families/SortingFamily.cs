using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>
/// What the k-th number of an unsorted list comes to after one more step; it is found by taking out the smallest (or the largest) again and
/// again. The number itself is in the text, and its place in the list gives away where it lies among the others.
/// </summary>
internal sealed class SortingFamily : QuestionFamily
{
    public override string Name => "sorting";

    public override string Domain => "Mathematics";

    public override string Topic => "ordering";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        bool rising = random.Chance(0.6);
        List<int> numbers = Draw(random, [.. Enumerable.Range(1, 15)], Math.Min(level + 2, 7));
        int place = Math.Max(1, level - 1);
        SolutionPlan plan = new();
        Operand found = default;
        for (int i = 0; i < place; i++)
        {
            int taken = i;
            found = plan.Add(new Step
            {
                Label = $"place {i + 1}",
                Goal = rising ? "smallest" : "largest",
                Compute = tape => Left(numbers, tape, taken) is { Count: > 0 } left ? (rising ? left.Min() : left.Max()) : -1,
                Say = (tape, result) => $"of {string.Join(' ', Left(numbers, tape, taken))} {(rising ? "smallest" : "largest")} is {result}",
                Condition = null,
                Slips = (tape, result) =>
                    [.. Left(numbers, tape, taken).Where(number => number != result).OrderBy(number => Math.Abs(number - result)).ThenBy(number => number)],
            });
        }

        int number = (rising ? numbers.Order() : numbers.OrderDescending()).ElementAt(place - 1);
        bool plus = random.Chance(0.5);
        int other = plus ? random.Between(2, 60) : random.Between(18, 75);
        _ = plus ? plan.Sum($"plus {other}", "sum", found, other) : plan.Less($"from {other}", "rest", other, found);
        string direction = rising
            ? random.Pick<string>(["from small to large", "smallest first"])
            : random.Pick<string>(["from large to small", "largest first"]);
        return new Problem
        {
            Facts =
            [
                $"{random.Pick<string>(["the numbers are", "a list holds", "these numbers are given :"])} {string.Join(' ', numbers)}",
                $"{random.Pick<string>(["sort them", "put them in a line"])} {direction}",
            ],
            Ask = plus
                ? random.Pick<string>([$"what is {other} and the number at place {place}", $"what is {other} plus number {place} of the line"])
                : random.Pick<string>([$"what is {other} less the number at place {place}", $"what is {other} minus number {place} of the line"]),
            Goal = plus ? "sum" : "rest",
            Plan = plan,
            Answer = plus ? other + number : other - number,
            Noise = ["no number stands twice", "the list was longer last week"],
        };
    }

    private static List<int> Left(List<int> numbers, IReadOnlyList<int> tape, int taken) =>
        [.. numbers.Where(number => !tape.Take(taken).Contains(number))];
}
