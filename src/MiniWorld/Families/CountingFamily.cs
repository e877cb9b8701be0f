using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Points for each time that a colour, or from level 4 either of two colours, is in a list; they are added to or taken from others.</summary>
internal sealed class CountingFamily : QuestionFamily
{
    public override string Name => "counting";

    public override string Domain => "Statistics";

    public override string Topic => "counting";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        List<string> colours = Draw(random, Words.Colours, 4);
        int wanted = level >= 4 ? 2 : 1;
        int length = Math.Min(3 + level, 8) + (level / 5);
        List<string> items =
            [.. Enumerable.Range(0, length).Select(_ => random.Chance(0.5) ? colours[random.Next(wanted)] : colours[random.Between(wanted, 3)])];
        items[random.Next(length)] = colours[0];
        string target = wanted == 2 ? $"{colours[0]} or {colours[1]}" : colours[0];
        SolutionPlan plan = new();
        bool adds = random.Chance(0.5);
        int start = adds ? random.Between(5, 60) : random.Between(35, 90);
        int points = (adds ? 1 : -1) * random.Between(2, 3);
        Operand last = start;
        foreach (string item in items)
        {
            bool counts = colours.IndexOf(item) < wanted;
            Operand before = last;
            last = plan.Add(new Step
            {
                Goal = target,
                Compute = tape => before.Read(tape) + (counts ? points : 0),
                Say = (_, result) => $"{item} {result}",
                Slips = (_, result) => [result + 1, result - 1, result + points, result - points],
            });
        }

        string box = random.Pick<string>(["box", "bag", "sample", "sample"]);
        string ball = random.Pick<string>(["balls", "marbles"]);
        return new Problem
        {
            Facts = [random.Pick<string>([$"so far {start} points", $"{start} points so far"]), $"a {box} of {ball} holds {string.Join(" , ", items)}"],
            Ask =
                $"when each {target} one {(adds ? "adds" : "takes")} {Math.Abs(points)} , "
                + $"{random.Pick<string>(["how many points are there", "what do the points come to"])}",
            Goal = $"points with {target}",
            Plan = plan,
            Answer = start + (points * items.Count(item => colours.IndexOf(item) < wanted)),
            Noise = [$"another {box} holds {random.Between(3, 20)} {ball}", $"the {ball} are small"],
        };
    }
}
