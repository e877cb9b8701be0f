using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>A tank with pumps and leaks: rates times minutes, added and taken.</summary>
internal sealed class TankFamily : QuestionFamily
{
    public override string Name => "tank";

    public override string Domain => "Engineering";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string tank = random.Pick<string>(["tank", "boiler", "vessel"]);
        SolutionPlan plan = new();
        int value = random.Between(12, 30);
        List<string> facts = [random.Pick<string>([$"a {tank} holds {value} liters", $"there are {value} liters in a {tank}"])];
        Operand now = value;

        // Flows of one step state the amount, flows of two steps a rate and a time.
        int steps = level;
        while (steps > 0)
        {
            bool rated = steps >= 2 && (level < 3 || random.Chance(0.7));
            int rate = random.Between(2, rated ? 5 : 9);
            int minutes = rated ? random.Between(2, 4) : 1;
            bool fills = value - (rate * minutes) < 1 || (value < 75 && random.Chance(0.5));
            string part = fills ? random.Pick<string>(["pump", "hose"]) : random.Pick<string>(["leak", "drain"]);
            string verb = fills ? "adds" : "takes";
            facts.Add(rated
                ? random.Pick<string>(
                    [$"a {part} {verb} {rate} liters each minute for {minutes} minutes", $"for {minutes} minutes a {part} {verb} {rate} liters each minute"])
                : $"a {part} {verb} {rate} liters");
            Operand amount = rated ? plan.Times($"{part} {rate} for {minutes}", $"liters of the {part}", rate, minutes) : rate;
            string label = rated ? $"{part} {verb}" : $"{part} {verb} {rate}";
            now = fills ? plan.Sum(label, $"liters in the {tank}", now, amount) : plan.Less(label, $"liters in the {tank}", now, amount);
            value += (fills ? 1 : -1) * rate * minutes;
            steps -= rated ? 2 : 1;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"how many liters does the {tank} hold then", $"how many liters are left in the {tank}"]),
            Goal = $"liters in the {tank}",
            Plan = plan,
            Answer = value,
            Topic = $"{tank}s",
            Noise = [$"the {tank} weighs {random.Between(10, 60)} kilos", "the pump is new", "the workers take a break"],
        };
    }
}
