using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families.HeldOut;

/// <summary>A lift that goes up and down.</summary>
internal sealed class LiftFamily : Family
{
    public override string Name => "lift";

    public override string Domain => "Architecture";

    public override bool HeldOut => true;

    public override Problem Create(SeededRandom random, int level)
    {
        string house = random.Pick<string>(["tower", "hotel", "palace"]);
        Plan plan = new();
        int floor = random.Between(5, 40);
        List<string> facts = [random.Pick<string>([$"the lift of a {house} stands at floor {floor}", $"a lift waits at floor {floor} of a {house}"])];
        Operand now = floor;
        for (int i = 0; i < level; i++)
        {
            int count = random.Between(2, 9);
            bool up = floor - count < 1 || random.Chance(0.5);
            string way = up ? random.Pick<string>(["rises", "climbs"]) : random.Pick<string>(["sinks", "falls"]);
            facts.Add(random.Pick<string>([$"it {way} {count} floors", $"then it {way} {count} floors"]));
            now = up ? plan.Sum($"{way} {count}", "floor", now, count) : plan.Less($"{way} {count}", "floor", now, count);
            floor += up ? count : -count;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>(["at which floor is the lift", "which floor does the lift stop at"]),
            Goal = "floor of the lift",
            Plan = plan,
            Answer = floor,
            Noise = [$"the {house} has {random.Between(50, 90)} floors", "the lift is made of glass"],
        };
    }
}
