using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Prices and counts: products, their sum, a fee, change.</summary>
internal sealed class ShopFamily : QuestionFamily
{
    public override string Name => "shop";

    public override string Domain => "Economics";

    public override string Topic => "prices";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string name = random.Pick(Words.Names);
        List<string> goods = Draw(random, Words.Goods, 4);
        int kinds = level >= 6 ? 3 : level >= 3 ? 2 : 1;
        SolutionPlan plan = new();
        List<string> facts = [];
        Operand total = default;
        int value = 0;
        for (int i = 0; i < kinds; i++)
        {
            int price = random.Between(2, kinds switch { 3 => 5, 2 => 6, _ => 7 });
            int count = random.Between(2, kinds == 1 ? 6 : 5);
            facts.Add(
                random.Pick<string>(
                    [$"{name} buys {count} {goods[i]} for {price} coins each", $"{name} pays for {count} {goods[i]} that cost {price} coins each"]));
            Operand part = plan.Times($"{count} {goods[i]}", $"cost of the {goods[i]}", count, price);
            value += price * count;
            total = i == 0 ? part : plan.Sum("together", "cost so far", total, part);
        }

        if (level is 2 or >= 5)
        {
            int fee = random.Between(2, 9);
            facts.Add(random.Pick<string>([$"the tax is {fee} coins", $"{name} also pays a fee of {fee} coins"]));
            total = plan.Sum($"{fee} more", "cost with the fee", total, fee);
            value += fee;
        }

        string ask = random.Pick<string>([$"how many coins does {name} pay", $"what is the price of it all"]);
        string goal = $"coins that {name} pays";
        if (level is 4 or 5)
        {
            // What comes back has nothing to do with the prices: a note of full tens would tell its last digit.
            int note = value + random.Between(2, 30);
            facts.Add(random.Pick<string>([$"{name} gives {note} coins", $"{name} hands over {note} coins"]));
            plan.Less($"of {note}", "change", note, total);
            value = note - value;
            ask = random.Pick<string>([$"how many coins come back", $"what is the change in coins"]);
            goal = $"change for {name}";
        }

        return new Problem
        {
            Facts = facts,
            Ask = ask,
            Goal = goal,
            Plan = plan,
            Answer = value,
            Noise = [$"{goods[3]} cost {random.Between(2, 9)} coins each", "the seller is friendly", $"{name} likes the {goods[3]}"],
        };
    }
}
