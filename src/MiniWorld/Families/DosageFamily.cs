using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Doses of a medicine: pills times strength, over days, against a limit.</summary>
internal sealed class DosageFamily : QuestionFamily
{
    public override string Name => "dosage";

    public override string Domain => "Medicine";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string drug = random.Pick<string>(["syrup", "tonic", "balm", "serum"]);
        string person = random.Pick<string>(["patient", "child", "guest"]);
        string unit = random.Pick<string>(["doses", "spoons"]);
        SolutionPlan plan = new();
        int pills = random.Between(2, level >= 3 ? 3 : 6);
        int strength = random.Between(2, level >= 3 ? 5 : 8);
        List<string> facts =
            [random.Pick<string>(
                [
                    $"a {person} takes {pills} {unit} of {drug} with {strength} drops each",
                    $"a nurse gives {pills} {unit} of {drug} of {strength} drops each to a {person}"])];
        Operand now = plan.Times($"{pills} {unit}", $"drops of {drug}", pills, strength);
        int value = pills * strength;
        if (level >= 2)
        {
            int extra = random.Between(2, 6);
            facts.Add(random.Pick<string>([$"the doctor adds {extra} drops", $"at night there are {extra} more drops"]));
            now = plan.Sum($"{extra} more", "drops a day", now, extra);
            value += extra;
        }

        if (level >= 3)
        {
            int days = random.Between(2, 3);
            facts.Add(random.Pick<string>([$"this is done for {days} days", $"it goes on like this for {days} days"]));
            now = plan.Times($"{days} days", "drops in all", now, days);
            value *= days;
        }

        if (level >= 6)
        {
            int spilled = random.Between(2, 6);
            facts.Add($"{spilled} drops are spilled");
            now = plan.Less($"{spilled} spilled", "drops taken", now, spilled);
            value -= spilled;
        }

        string ask = random.Pick<string>([$"how many drops does the {person} get", $"how many drops is that"]);
        string goal = $"drops for the {person}";
        if (level >= 4)
        {
            int limit = Math.Min(99, Math.Max(2, value + random.Between(-9, 12)));
            facts.Add(random.Pick<string>([$"{limit} drops are safe", $"the safe limit is {limit} drops"]));
            if (level >= 5)
            {
                Operand most = plan.Choose(smaller: false, "limit", "larger amount", now, limit);
                Operand least = plan.Choose(smaller: true, "other", "smaller amount", now, limit);
                plan.Less("gap", "drops from the limit", most, least);
                ask = "how many drops lie between the amount and the limit";
                goal = "gap to the limit";
                value = Math.Abs(value - limit);
            }
            else
            {
                // What is given is a number of the text where the limit holds; what is left of it is not.
                Operand given = plan.Choose(smaller: true, "limit", "smaller amount", now, limit);
                int spilled = random.Between(2, Math.Clamp(Math.Min(value, limit), 2, 9));
                facts.Add(random.Pick<string>(["the nurse stops at the limit", "no more than the limit is given"]));
                facts.Add($"{spilled} of them are spilled");
                plan.Less($"{spilled} spilled", "drops taken", given, spilled);
                ask = random.Pick<string>([$"how many drops does the {person} take", "how many drops are taken in the end"]);
                value = Math.Min(value, limit) - spilled;
            }
        }

        return new Problem
        {
            Facts = facts,
            Ask = ask,
            Goal = goal,
            Plan = plan,
            Answer = value,
            Topic = $"{drug}s",
            Noise = [$"the {person} is {random.Between(5, 80)} years old", "the nurse is kind", $"the {drug} tastes bitter"],
        };
    }
}
