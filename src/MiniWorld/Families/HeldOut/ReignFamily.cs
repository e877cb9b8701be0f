using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families.HeldOut;

/// <summary>Kings in turn: the year in which each reign ends.</summary>
internal sealed class ReignFamily : Family
{
    private static readonly string[] Kings = ["harald", "olaf", "conrad", "ludwig", "philip", "edgar", "robert", "boris"];

    public override string Name => "reign";

    public override string Domain => "History";

    public override bool HeldOut => true;

    public override Problem Create(SeededRandom random, int level)
    {
        List<string> kings = Draw(random, Kings, level);
        int year = random.Between(10, 35);
        Plan plan = new();
        List<string> facts = [random.Pick<string>([$"king {kings[0]} takes the crown in year {year}", $"in year {year} king {kings[0]} comes to the throne"])];
        Operand now = year;
        for (int i = 0; i < level; i++)
        {
            int reign = random.Between(2, 9);
            facts.Add(i == 0 ? $"{kings[0]} rules {reign} years" : random.Pick<string>([$"after {kings[i - 1]} rules {kings[i]} , {reign} years long", $"{kings[i]} follows {kings[i - 1]} and rules {reign} years"]));
            now = plan.Sum($"{kings[i]} {reign}", $"end of {kings[i]}", now, reign);
            year += reign;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"in which year does the reign of {kings[level - 1]} end", $"when does {kings[level - 1]} lose the crown"]),
            Goal = $"end of {kings[level - 1]}",
            Plan = plan,
            Answer = year,
            Noise = [$"a war lasts {random.Between(2, 9)} years", "the castle is on a hill"],
        };
    }
}
