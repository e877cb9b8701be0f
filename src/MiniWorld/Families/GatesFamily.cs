using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Truth values joined by and, or and not; the last one decides between two prizes, and the prize is then added to or spent from:
/// the prizes are in the text, the answer is not.</summary>
internal sealed class GatesFamily : QuestionFamily
{
    private static readonly string[] Signs = ["p", "q", "r", "s", "t", "u", "v", "w"];

    public override string Name => "gates";

    public override string Domain => "Logic";

    public override string Topic => "truth values";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        List<bool> known = [random.Chance(0.5), random.Chance(0.5)];
        List<string> facts = [$"p is {Word(known[0])}"];
        if (level > 1)
        {
            facts.Add($"q is {Word(known[1])}");
        }

        SolutionPlan plan = new();
        List<Operand> signs = [known[0] ? 1 : 0, known[1] ? 1 : 0];
        for (int i = 2; i <= level; i++)
        {
            string sign = Signs[i];
            int first = i - 1;
            int second = random.Next(i - 1);
            Operand a = signs[first];
            Operand b = signs[second];
            int kind = random.Next(i == 2 ? 2 : 3);
            facts.Add(kind == 2 ? $"{sign} is not {Signs[first]}" : $"{sign} is {Signs[first]} {(kind == 0 ? "and" : "or")} {Signs[second]}");
            known.Add(kind == 2 ? !known[first] : kind == 0 ? known[first] && known[second] : known[first] || known[second]);
            signs.Add(plan.Add(new Step
            {
                Label = sign,
                Goal = $"value of {sign}",
                Compute = tape => kind == 2 ? 1 - a.Read(tape) : kind == 0 ? a.Read(tape) & b.Read(tape) : a.Read(tape) | b.Read(tape),
                Say = (tape, result) => kind == 2
                    ? $"not {Word(a.Read(tape))} is {Word(result)}"
                    : $"{Word(a.Read(tape))} {(kind == 0 ? "and" : "or")} {Word(b.Read(tape))} is {Word(result)}",
                Other = kind == 2 ? null : (tape, result) => $"{Word(b.Read(tape))} {(kind == 0 ? "and" : "or")} {Word(a.Read(tape))} is {Word(result)}",
                Condition = tape => $"{Signs[first]} is {Word(a.Read(tape))}",
                Slips = (_, result) => [1 - result],
            }));
        }

        int last = level == 1 ? 0 : level;
        int yes = random.Between(40, 60);
        int no = yes + (random.Between(1, 9) * (random.Chance(0.5) ? 1 : -1));
        Operand decider = signs[last];
        Operand prize = plan.Add(new Step
        {
            Label = Signs[last],
            Goal = "prize",
            Compute = tape => decider.Read(tape) == 1 ? yes : no,
            Say = (tape, result) => $"{Word(decider.Read(tape))} so the prize is {result}",
            Condition = tape => $"{Signs[last]} is {Word(decider.Read(tape))}",
            Guesses = (_, result) => [yes + no - result],
            Slips = (_, result) => [yes + no - result, result + 1, result - 1],
        });
        facts.Add(
            random.Pick<string>([$"the prize is {yes} if {Signs[last]} is true , else {no}", $"if {Signs[last]} is true the prize is {yes} , else {no}"]));
        bool more = random.Chance(0.5);
        int count = random.Between(11, 29);
        _ = more ? plan.Sum($"{count} more", "prize in all", prize, count) : plan.Less($"{count} spent", "rest of the prize", prize, count);
        return new Problem
        {
            Facts = facts,
            Ask = more
                ? random.Pick<string>([$"what is the prize with {count} on top", $"how much are the prize and {count} more"])
                : random.Pick<string>([$"what is left of the prize when {count} are spent", $"how much is the prize less {count}"]),
            Goal = more ? "prize in all" : "rest of the prize",
            Plan = plan,
            Answer = (known[last] ? yes : no) + (more ? count : -count),
            Noise = ["a sign is true or false", $"last time the prize was {random.Between(2, 40)}"],
        };
    }

    private static string Word(int value) => Word(value == 1);

    private static string Word(bool value) => value ? "true" : "false";
}
