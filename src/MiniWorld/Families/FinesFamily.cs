using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Fines by a rule: over a limit, so much for each unit, fees on top; some cars keep to the limit.</summary>
internal sealed class FinesFamily : QuestionFamily
{
    public override string Name => "fines";

    public override string Domain => "Law";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        int limit = random.Between(30, 74);
        int over = random.Between(2, level == 1 ? 25 : 9);
        string car = random.Pick<string>(["car", "van", "bus", "truck"]);
        SolutionPlan plan = new();
        List<string> facts = [$"the law sets a limit of {limit}", $"a {car} drives at {limit + over}"];
        Operand now = plan.Less("over", "speed over the limit", limit + over, limit);
        int value = over;
        string ask = random.Pick<string>([$"how far is the {car} over the limit", $"by how much does the {car} break the limit"]);
        string goal = "speed over the limit";
        if (level >= 2)
        {
            int rate = random.Between(2, 5);
            facts.Insert(random.Between(1, 2), random.Pick<string>([$"each point over costs {rate} coins", $"the fine is {rate} coins for each point over"]));
            now = plan.Times($"{rate} each", "fine", now, rate);
            value *= rate;
            ask = random.Pick<string>(["how high is the fine", $"what does the driver of the {car} owe"]);
            goal = "fine";
        }

        if (level >= 3)
        {
            int fee = random.Between(3, 9);
            facts.Add(random.Pick<string>([$"the court adds {fee} coins", $"a court fee of {fee} coins comes on top"]));
            now = plan.Sum($"court {fee}", "fine with the fee", now, fee);
            value += fee;
        }

        if (level >= 4)
        {
            int step = random.Between(3, 8);
            bool high = over > step;
            int more = random.Between(5, 9);
            int less = random.Between(2, 4);
            facts.Add($"if it is more than {step} over , the judge adds {more} , else {less}");
            Operand speed = new(0, true);
            Operand extra = plan.Add(new Step
            {
                Label = $"rule {step}",
                Goal = "coins of the judge",
                Compute = tape => speed.Read(tape) > step ? more : less,
                Say = (tape, result) => $"{SolutionPlan.Comparison(speed.Read(tape), step)} so {result}",
                Condition = tape => SolutionPlan.Comparison(speed.Read(tape), step),
                Guesses = (_, result) => [more + less - result],
                Slips = (_, result) => [more + less - result, result + 1],
            });
            now = plan.Sum("judge", "fine with the rule", now, extra);
            value += high ? more : less;
        }

        if (level >= 6)
        {
            int paid = random.Between(2, 9);
            facts.Add($"the driver has paid {paid} coins");
            plan.Less($"paid {paid}", "rest of the fine", now, paid);
            value -= paid;
            ask = random.Pick<string>(["how many coins are still to pay", "what is the rest of the fine"]);
            goal = "rest of the fine";
        }

        return new Problem
        {
            Facts = facts,
            Ask = ask,
            Goal = goal,
            Plan = plan,
            Answer = value,
            Topic = car == "bus" ? "buses" : $"{car}s",
            Noise = ["the judge has a long day", $"the {car} is {random.Between(2, 20)} years old", "the court is in the old hall"],
        };
    }
}
