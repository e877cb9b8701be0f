using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families.HeldOut;

/// <summary>Rows of plants, losses and gains on a farm.</summary>
internal sealed class HarvestFamily : Family
{
    public override string Name => "harvest";

    public override string Domain => "Agronomy";

    public override bool HeldOut => true;

    public override Problem Create(SeededRandom random, int level)
    {
        string crop = random.Pick<string>(["beans", "corn", "pumpkins", "cabbages"]);
        Plan plan = new();
        int rows = random.Between(2, 8);
        int each = random.Between(2, 8);
        List<string> facts = [random.Pick<string>([$"a farmer plants {rows} rows with {each} {crop} each", $"a field has {rows} rows of {crop} with {each} each"])];
        Operand now = plan.Times($"{rows} rows", crop, rows, each);
        int value = rows * each;
        for (int i = 1; i < level; i++)
        {
            int count = random.Between(2, 9);
            bool gain = value - count < 1 || random.Chance(0.4);
            string cause = gain ? random.Pick<string>(["seeds bring", "rain brings"]) : random.Pick<string>(["goats eat", "frost takes"]);
            facts.Add(random.Pick<string>([$"{cause} {count}", $"{cause} {count} {crop}"]));
            now = gain ? plan.Sum($"{cause} {count}", crop, now, count) : plan.Less($"{cause} {count}", crop, now, count);
            value += gain ? count : -count;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"how many {crop} can be picked", $"how many {crop} are on the field then"]),
            Goal = $"{crop} on the field",
            Plan = plan,
            Answer = value,
            Noise = [$"the farmer has {random.Between(2, 40)} hens", "the barn is full"],
        };
    }
}
