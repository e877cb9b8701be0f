using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>How often a colour, or from level 4 either of two colours, stands in a list.</summary>
internal sealed class CountingFamily : Family
{
    public override string Name => "counting";

    public override string Domain => "Statistics";

    public override Problem Create(SeededRandom random, int level)
    {
        List<string> colours = Draw(random, Words.Colours, 4);
        int wanted = level >= 4 ? 2 : 1;
        int length = Math.Min(3 + level, 8) + (level / 5);
        List<string> items = [.. Enumerable.Range(0, length).Select(_ => random.Chance(0.5) ? colours[random.Next(wanted)] : colours[random.Between(wanted, 3)])];
        items[random.Next(length)] = colours[0];
        string target = wanted == 2 ? $"{colours[0]} or {colours[1]}" : colours[0];
        Plan plan = new();
        Operand last = 0;
        int count = 0;
        foreach (string item in items)
        {
            bool counts = colours.IndexOf(item) < wanted;
            Operand before = last;
            count += counts ? 1 : 0;
            last = plan.Add(new Step
            {
                Goal = target,
                Compute = tape => before.Read(tape) + (counts ? 1 : 0),
                Say = (_, result) => $"{item} {result}",
                Slips = (tape, result) => [result + 1, result - 1],
            });
        }

        string box = random.Pick<string>(["box", "bag", "sample", "sample"]);
        string ball = random.Pick<string>(["balls", "marbles"]);
        return new Problem
        {
            Facts = [$"a {box} of {ball} holds {string.Join(" , ", items)}"],
            Ask = random.Pick<string>([$"how many {ball} are {target}", $"how often does {target} come"]),
            Goal = $"count of {target}",
            Plan = plan,
            Answer = items.Count(item => colours.IndexOf(item) < wanted),
            Noise = [$"another {box} holds {random.Between(3, 20)} {ball}", $"the {ball} are small"],
            Traps = [length, length - count, count + 1],
        };
    }
}
