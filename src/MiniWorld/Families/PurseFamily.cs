using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Gains and losses in turn: chained addition and subtraction.</summary>
internal sealed class PurseFamily : QuestionFamily
{
    private static readonly string[] Gains = ["finds", "gets", "wins"];
    private static readonly string[] Losses = ["loses", "gives", "drops"];

    public override string Name => "purse";

    public override string Domain => "Mathematics";

    public override string Topic => "gains and losses";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string name = random.Pick(Words.Names);
        string thing = random.Pick(Words.Things);
        string other = random.Pick(Words.Names);
        int total = random.Between(5, 40);
        SolutionPlan plan = new();
        Operand now = total;
        List<string> facts =
            [random.Pick<string>([$"{name} has {total} {thing}", $"{name} starts with {total} {thing}", $"there are {total} {thing} in the bag of {name}"])];
        for (int i = 0; i < level; i++)
        {
            int count = random.Between(2, 9);
            bool gain = total - count < 1 || (total < 85 && random.Chance(0.5));
            string verb = random.Pick(gain ? Gains : Losses);
            facts.Add(random.Pick<string>([$"{name} {verb} {count}", $"then {name} {verb} {count}", $"after that {name} {verb} {count} {thing}"]));
            now = gain ? plan.Sum($"{verb} {count}", thing, now, count) : plan.Less($"{verb} {count}", thing, now, count);
            total += gain ? count : -count;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>(
                [$"how many {thing} does {name} have", $"how many {thing} are left for {name}", $"count the {thing} of {name} in the end . how many"]),
            Goal = $"{thing} of {name}",
            Plan = plan,
            Answer = total,
            Noise = other == name
                ? []
                : [$"{other} has {random.Between(2, 30)} {random.Pick(Words.Goods)}", $"{other} counts {random.Between(2, 30)} {thing} too"],
        };
    }
}
