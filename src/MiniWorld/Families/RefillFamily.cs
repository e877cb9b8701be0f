using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>A tank that is filled by the jug: the steps of exchange and tank in one question.</summary>
internal sealed class RefillFamily : QuestionFamily
{
    public override string Name => "refill";

    public override string Domain => "Engineering";

    public override bool HeldOut => true;

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string tank = random.Pick<string>(["tank", "boiler", "vessel"]);
        string unit = random.Pick<string>(["barrels", "jugs", "mugs"]);
        string name = random.Pick(Words.Names);
        int value = random.Between(5, 35);
        int rate = random.Between(2, 6);
        int count = random.Between(2, 6);
        SolutionPlan plan = new();
        List<string> facts =
        [
            random.Pick<string>([$"a {tank} holds {value} liters", $"there are {value} liters in a {tank}"]),
            $"one of the {unit} is worth {rate} liters",
            $"{name} adds {count} {unit}",
        ];
        Operand amount = plan.Times($"{count} {unit}", "liters", count, rate);
        Operand now = plan.Sum($"{name} adds", $"liters in the {tank}", value, amount);
        value += count * rate;
        for (int i = 1; i < level; i++)
        {
            int change = random.Between(2, 9);
            bool fills = value - change < 1 || (value < 85 && random.Chance(0.4));
            string part = fills ? random.Pick<string>(["pump", "hose"]) : random.Pick<string>(["leak", "drain"]);
            string verb = fills ? "adds" : "takes";
            facts.Add($"a {part} {verb} {change} liters");
            now = fills
                ? plan.Sum($"{part} {verb} {change}", $"liters in the {tank}", now, change)
                : plan.Less($"{part} {verb} {change}", $"liters in the {tank}", now, change);
            value += fills ? change : -change;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"how many liters does the {tank} hold then", $"how many liters are left in the {tank}"]),
            Goal = $"liters in the {tank}",
            Plan = plan,
            Answer = value,
            Noise = [$"the {tank} weighs {random.Between(10, 60)} kilos", "the pump is new"],
        };
    }
}
