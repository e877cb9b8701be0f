using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>
/// Two numbers of a list that come to a sum: which they are has to be tried out. Asked is what lies between them, from level 3 with more steps.
/// </summary>
internal sealed class PairsFamily : QuestionFamily
{
    public override string Name => "pairs";

    public override string Domain => "Statistics";

    public override string Topic => "pairs";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        // Before the first number of the pair stand as many that go with none.
        int before = 1 + (level / 2);
        (List<int> numbers, int first, int second) = Numbers(random, before, before + 3);
        int sum = first + second;
        SolutionPlan plan = new();
        Operand found = plan.Add(new Step
        {
            Label = $"{sum} in all",
            Goal = "first of the two numbers",
            Compute = _ => first,
            Say = (_, result) => $"{result} needs {sum - result} , it is there",
            Slips = (_, result) => [.. numbers.Where(number => number != result && number != second && number < sum)],
            Tries = _ => [.. numbers.Take(before).Select(number => number < sum ? $"{number} needs {sum - number}" : $"{number} is over {sum}")],
            Guesses = (_, _) => [.. numbers.Where(number => number != first && number != second && number < sum)],
        });
        Operand gap = plan.Add(new Step
        {
            Label = "gap",
            Goal = "gap of the two numbers",
            Compute = tape => Math.Abs(sum - (2 * found.Read(tape))),
            Say = (tape, result) => $"{Math.Max(found.Read(tape), sum - found.Read(tape))} - {Math.Min(found.Read(tape), sum - found.Read(tape))} = {result}",
            Check = (tape, result) => $"{result} + {Math.Min(found.Read(tape), sum - found.Read(tape))} = {Math.Max(found.Read(tape), sum - found.Read(tape))}",
            Slips = (_, result) => [result + 1, result - 1, result + 10, result - 10, result + 2],
        });
        int value = Math.Abs(first - second);
        List<string> facts =
        [
            $"{random.Pick<string>(["a sample of numbers is", "a sample holds", "the sample has"])} {string.Join(" , ", numbers)}",
            random.Pick<string>([$"two of them are {sum} in all", $"two numbers of the sample come to {sum}"]),
        ];
        string ask = random.Pick<string>(["how far are the two apart", "what is the gap of the two"]);
        for (int i = 3; i <= level; i += 2)
        {
            int count = random.Between(2, 9);
            bool more = value - count < 1 || random.Chance(0.5);
            facts.Add(more ? $"{count} are added to their gap" : $"{count} are taken from their gap");
            gap = more ? plan.Sum($"{count} added", "result", gap, count) : plan.Less($"{count} taken", "result", gap, count);
            value += more ? count : -count;
            ask = random.Pick<string>(["what comes out", "what is the result"]);
        }

        return new Problem
        {
            Facts = facts,
            Ask = ask,
            Goal = level < 3 ? "gap of the two" : "result",
            Plan = plan,
            Answer = value,
            Noise = ["the sample is small", $"another sample has {random.Between(3, 20)} numbers"],
        };
    }

    /// <summary>A list in which exactly two numbers come to their sum: one after those that fail, the other after it.</summary>
    private static (List<int> Numbers, int First, int Second) Numbers(SeededRandom random, int before, int count)
    {
        while (true)
        {
            List<int> numbers = Draw(random, [.. Enumerable.Range(2, 43)], count);
            int second = random.Between(before + 1, count - 1);
            int sum = numbers[before] + numbers[second];
            bool only = Enumerable.Range(0, count)
                .All(i => Enumerable.Range(i + 1, count - i - 1).All(j => numbers[i] + numbers[j] != sum || (i == before && j == second)));
            if (only && numbers.All(number => number * 2 != sum) && numbers.Count(number => number < sum) >= before + 2)
            {
                return (numbers, numbers[before], numbers[second]);
            }
        }
    }
}
