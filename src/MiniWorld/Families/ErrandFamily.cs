using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>A purse that pays for goods: the steps of shop and purse in one question.</summary>
internal sealed class ErrandFamily : QuestionFamily
{
    public override string Name => "errand";

    public override string Domain => "Economics";

    public override bool HeldOut => true;

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string name = random.Pick(Words.Names);
        string goods = random.Pick(Words.Goods);
        int total = random.Between(40, 75);
        int count = random.Between(2, 6);
        int price = random.Between(2, 6);
        SolutionPlan plan = new();
        List<string> facts =
        [
            random.Pick<string>([$"{name} has {total} coins", $"{name} starts with {total} coins", $"there are {total} coins in the bag of {name}"]),
            random.Pick<string>([$"{name} buys {count} {goods} for {price} coins each", $"{name} pays for {count} {goods} that cost {price} coins each"]),
        ];
        Operand cost = plan.Times($"{count} {goods}", $"cost of the {goods}", count, price);
        Operand now = plan.Less($"of {total}", "coins", total, cost);
        total -= count * price;
        for (int i = 1; i < level; i++)
        {
            int change = random.Between(2, 9);
            bool gain = total - change < 1 || (total < 85 && random.Chance(0.5));
            string verb = gain ? random.Pick<string>(["finds", "gets", "wins"]) : random.Pick<string>(["loses", "gives", "drops"]);
            facts.Add(random.Pick<string>([$"then {name} {verb} {change}", $"after that {name} {verb} {change} coins"]));
            now = gain ? plan.Sum($"{verb} {change}", "coins", now, change) : plan.Less($"{verb} {change}", "coins", now, change);
            total += gain ? change : -change;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"how many coins does {name} have", $"how many coins are left for {name}"]),
            Goal = $"coins of {name}",
            Plan = plan,
            Answer = total,
            Noise = ["the seller is friendly", $"{random.Pick(Words.Goods)} cost {random.Between(2, 9)} coins each"],
        };
    }
}
