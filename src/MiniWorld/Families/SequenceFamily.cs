using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Rows of numbers that follow a rule; from level 4 two rules take turns.</summary>
internal sealed class SequenceFamily : QuestionFamily
{
    public override string Name => "sequence";

    public override string Domain => "Mathematics";

    public override string Topic => "sequences";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        bool alternate = level >= 4;
        (int up, int back) = alternate ? Alternate(random, level) : (random.Between(2, 9), 0);
        bool falling = !alternate && random.Chance(0.5);
        int start = alternate ? random.Between(28, 60) : falling ? random.Between((up * level) + 1, 70) : random.Between(1, 60);
        SolutionPlan plan = new();
        Operand now = start;
        int value = start;
        for (int i = 0; i < level; i++)
        {
            string label = $"number {i + 2}";
            bool add = alternate ? i % 2 == 0 : !falling;
            int change = alternate && !add ? back : up;
            now = add ? plan.Sum(label, label, now, change) : plan.Less(label, label, now, change);
            if (alternate)
            {
                plan.Decide(_ => $"the turn is {(add ? "add" : "take")}");
            }

            value += add ? change : -change;
        }

        string rule = alternate
            ? random.Pick<string>([$"first add {up} , then take {back} , and so on in turn", $"add {up} and take {back} in turn , add comes first"])
            : falling
                ? random.Pick<string>([$"each number is {up} less than the one before", $"the rule is take {up}"])
                : random.Pick<string>([$"each number is {up} more than the one before", $"the rule is add {up}"]);
        return new Problem
        {
            Facts =
            [
                random.Pick<string>([$"a row of numbers starts with {start}", $"number 1 of a row is {start}", $"{start} is the first number of a row"]),
                rule,
            ],
            Ask = random.Pick<string>([$"what is number {level + 1} of the row", $"which number stands at place {level + 1}"]),
            Goal = $"number {level + 1}",
            Plan = plan,
            Answer = value,
            Noise = [$"another row starts with {random.Between(2, 40)}", "rows can be long"],
        };
    }

    /// <summary>
    /// What is added and taken in turn: as often the row ends above its start as below it. The start itself is the answer about as often as
    /// its share of the options that name it; without either, a reader of text and options finds out which are wrong.
    /// </summary>
    private static (int Up, int Back) Alternate(SeededRandom random, int level)
    {
        bool rises = random.Chance(0.5);
        while (true)
        {
            (int up, int back) = (random.Between(2, 9), random.Between(1, 9));
            int change = (up * ((level + 1) / 2)) - (back * (level / 2));
            if (change == 0 ? random.Chance(0.3) : change > 0 == rises)
            {
                return (up, back);
            }
        }
    }
}
