using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Hours on a clock face of twelve, forward and, from level 3, back.</summary>
internal sealed class ClockFamily : QuestionFamily
{
    private static readonly string[] Acts = ["ride", "wait", "walk", "lunch", "show", "talk", "rest", "game"];

    public override string Name => "clock";

    public override string Domain => "Time";

    public override string Topic => "clocks";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        List<string> acts = Draw(random, Acts, level);
        int start = random.Next(12);
        bool back = level >= 3 && random.Chance(0.4);
        SolutionPlan plan = new();
        List<string> facts =
        [
            back
                ? random.Pick<string>([$"the clock shows {start + 1} at the end of the day", $"all ends when the clock shows {start + 1}"])
                : random.Pick<string>([$"the clock shows {start + 1}", $"the day starts when the clock shows {start + 1}"]),
        ];
        Operand now = start;
        int sum = 0;
        foreach (string act in acts)
        {
            int hours = random.Between(1, 6);
            Operand before = now;
            facts.Add(random.Pick<string>([$"the {act} takes {hours} hours", $"{hours} hours go to the {act}"]));
            now = plan.Add(new Step
            {
                Label = act,
                Goal = $"hour {(back ? "before" : "after")} the {act}",
                Compute = tape => Shift(before.Read(tape), back ? -hours : hours),
                Say = (tape, result) => $"clock {before.Read(tape) + 1} {(back ? "back" : "and")} {hours} is {result + 1}",
                Check = (tape, result) => $"clock {result + 1} {(back ? "and" : "back")} {hours} is {before.Read(tape) + 1}",
                Condition = tape => back
                    ? $"12 is {(hours > before.Read(tape) ? "passed" : "not passed")} backwards"
                    : $"12 is {(before.Read(tape) + 1 + hours > 12 ? "passed" : "not passed")}",
                Slips = (tape, result) => [Shift(result, 1), Shift(result, -1), Shift(before.Read(tape), back ? hours : -hours)],
            });
            sum += hours;
        }

        return new Problem
        {
            Facts = facts,
            Ask = back
                ? random.Pick<string>(["what did the clock show at the start", "when did it all start"])
                : random.Pick<string>(["what does the clock show then", "when does it all end"]),
            Goal = back ? "hour at the start" : "hour at the end",
            Plan = plan,
            Answer = (((back ? start - sum : start + sum) % 12) + 12) % 12,
            Values = Words.Hours,
            Noise = ["the clock is a bit dusty", $"a friend is {random.Between(2, 9)} minutes late"],
        };
    }

    private static int Shift(int hour, int by) => (((hour + by) % 12) + 12) % 12;
}
