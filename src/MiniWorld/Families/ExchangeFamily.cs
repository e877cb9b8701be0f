using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Units that convert into smaller and smaller ones, with amounts added and spent on the way.</summary>
internal sealed class ExchangeFamily : QuestionFamily
{
    private static readonly string[][] Scales = [["crates", "boxes", "bags"], ["bars", "crowns", "pennies"], ["barrels", "jugs", "mugs"]];

    public override string Name => "exchange";

    public override string Domain => "Economics";

    public override string Topic => "exchange rates";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string[] units = random.Pick(Scales);
        string name = random.Pick(Words.Names);
        bool two = level >= 4;
        int rate = random.Between(2, two ? 4 : 8);
        int large = random.Between(2, two ? 4 : 8);
        int rate2 = random.Between(2, 3);
        SolutionPlan plan = new();
        List<string> facts =
        [
            random.Pick<string>([$"{name} trades {large} {units[0]}", $"{name} changes {large} {units[0]}"]),
            $"one of the {units[0]} is worth {rate} {units[1]}",
        ];
        Operand now = plan.Times($"{large} {units[0]}", units[1], large, rate);
        int value = large * rate;
        string unit = units[1];
        if (level >= 2)
        {
            (now, value) = Change(random, plan, facts, name, unit, now, value, gain: true);
        }

        if (level is 3 or 6)
        {
            (now, value) = Change(random, plan, facts, name, unit, now, value, gain: false);
        }

        if (two)
        {
            unit = units[2];
            facts.Add($"one of the {units[1]} is worth {rate2} {unit}");
            now = plan.Times($"all {units[1]}", unit, now, rate2);
            value *= rate2;
        }

        if (level >= 5)
        {
            (_, value) = Change(random, plan, facts, name, unit, now, value, gain: false);
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"how many {unit} does {name} have", $"how many {unit} is that in the end"]),
            Goal = $"{unit} of {name}",
            Plan = plan,
            Answer = value,
            Noise = [$"last year the {units[0]} were worth {random.Between(2, 9)} {units[1]}", "the bank is open"],
        };
    }

    private static (Operand Now, int Value) Change(
        SeededRandom random, SolutionPlan plan, List<string> facts, string name, string unit, Operand now, int value, bool gain)
    {
        int count = random.Between(2, gain ? 9 : Math.Clamp(value - 3, 2, 9));
        string verb = gain ? random.Pick<string>(["earns", "saves"]) : random.Pick<string>(["spends", "pays"]);
        facts.Add($"{name} {verb} {count} {unit}");
        return gain
            ? (plan.Sum($"{verb} {count}", unit, now, count), value + count)
            : (plan.Less($"{verb} {count}", unit, now, count), value - count);
    }
}
