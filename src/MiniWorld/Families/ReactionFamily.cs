using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Stoichiometry: parts for units, what is left, and from level 3 the scarce reagent, with units that are there or ordered.</summary>
internal sealed class ReactionFamily : QuestionFamily
{
    private static readonly string[] Reagents = ["iron", "oxygen", "carbon", "hydrogen", "sulfur", "copper"];
    private static readonly string[] Products = ["salt", "rust", "acid", "alloy"];

    public override string Name => "reaction";

    public override string Domain => "Science";

    public override string Topic => "reactions";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        List<string> reagents = Draw(random, Reagents, 3);
        string product = random.Pick(Products);
        return level <= 2 ? Forward(random, level, reagents, product) : Scarce(random, level, reagents, product);
    }

    private static Problem Forward(SeededRandom random, int level, List<string> reagents, string product)
    {
        int parts = random.Between(2, 6);
        int units = random.Between(2, 8);
        SolutionPlan plan = new();
        List<string> facts =
        [
            random.Pick<string>(
                [$"one unit of {product} needs {parts} parts of {reagents[0]}", $"it takes {parts} parts of {reagents[0]} for one unit of {product}"]),
            $"a chemist makes {units} units",
        ];
        Operand used = plan.Times($"{units} units", $"parts of {reagents[0]}", units, parts);
        int answer = units * parts;
        if (level == 2)
        {
            int stock = answer + random.Between(2, 30);
            facts.Insert(random.Next(3), $"there are {stock} parts of {reagents[0]}");
            plan.Less($"of {stock}", "parts left", stock, used);
            answer = stock - answer;
        }

        return new Problem
        {
            Facts = facts,
            Ask = level == 1 ? $"how many parts of {reagents[0]} are used" : $"how many parts of {reagents[0]} are left",
            Goal = $"parts of {reagents[0]}",
            Plan = plan,
            Answer = answer,
            Noise = Noise(random, reagents),
        };
    }

    private static Problem Scarce(SeededRandom random, int level, List<string> reagents, string product)
    {
        int kinds = level >= 5 ? 3 : 2;
        SolutionPlan plan = new();
        List<string> needs = [];
        List<string> stocks = [];
        Operand least = default;
        int units = int.MaxValue;
        for (int i = 0; i < kinds; i++)
        {
            int need = random.Between(2, 6);
            int makes = random.Between(2, 16);
            needs.Add($"{need} parts of {reagents[i]}");
            stocks.Add($"{need * makes} parts of {reagents[i]}");
            Operand share = plan.Over(reagents[i], $"units from {reagents[i]}", need * makes, need);
            least = i == 0 ? share : plan.Choose(smaller: true, "scarce", $"units of {product}", least, share);
            units = Math.Min(units, makes);
        }

        List<string> facts = [$"one unit of {product} needs {string.Join(" and ", needs)}", $"there are {string.Join(" and ", stocks)}"];

        // How many can be made lies below the stocks; with those that are there or that are ordered the text says less about it.
        bool adds = random.Chance(0.5);
        int other = adds ? random.Between(10, 60) : random.Between(25, 80);
        facts.Add(adds ? $"{other} units are there before" : $"{other} units are ordered");
        Operand now = adds ? plan.Sum($"{other} before", $"units of {product}", least, other) : plan.Less($"{other} ordered", "units missing", other, least);
        int answer = adds ? other + units : other - units;
        if (level is 4 or 6)
        {
            int change = random.Between(2, 9);
            facts.Add(adds ? $"{change} units are spilled" : $"{change} more units are ordered");
            _ = adds ? plan.Less($"{change} spilled", $"units of {product}", now, change) : plan.Sum($"{change} more", "units missing", now, change);
            answer += adds ? -change : change;
        }

        return new Problem
        {
            Facts = facts,
            Ask = adds
                ? random.Pick<string>([$"how many units of {product} are there at most", $"how many units of {product} does the lab have then"])
                : random.Pick<string>([$"how many units of {product} are missing", $"how many units of {product} must be bought"]),
            Goal = adds ? $"units of {product}" : "units missing",
            Plan = plan,
            Answer = answer,
            Noise = Noise(random, reagents),
        };
    }

    private static string[] Noise(SeededRandom random, List<string> reagents) =>
        [$"{reagents[2]} costs {random.Between(2, 20)} coins", "the lab is clean", $"the mix is heated for {random.Between(2, 20)} minutes"];
}
