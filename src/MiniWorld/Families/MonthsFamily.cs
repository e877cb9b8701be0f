using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Events some months after or before another. From level 4 the facts are in any order.</summary>
internal sealed class MonthsFamily : QuestionFamily
{
    private static readonly string[] Events = ["fair", "feast", "trip", "exam", "race", "party", "wedding", "concert"];

    public override string Name => "months";

    public override string Domain => "Time";

    public override string Topic => "calendars";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        List<string> events = Draw(random, Events, level + 1);
        int month = random.Next(12);
        int start = month;
        SolutionPlan plan = new();
        List<string> facts = [random.Pick<string>([$"the {events[0]} is in {Words.Months[month]}", $"{Words.Months[month]} is the month of the {events[0]}"])];
        Operand now = month;
        int sum = 0;
        for (int i = 1; i <= level; i++)
        {
            int count = random.Between(1, 6);
            bool after = random.Chance(0.65);
            Operand before = now;
            string side = after ? "after" : "before";
            facts.Add(
                random.Pick<string>(
                    [$"the {events[i]} is {count} months {side} the {events[i - 1]}", $"{count} months {side} the {events[i - 1]} is the {events[i]}"]));
            now = plan.Add(new Step
            {
                Label = events[i],
                Goal = $"month of the {events[i]}",
                Compute = tape => Shift(before.Read(tape), after ? count : -count),
                Say = (tape, result) => $"{count} {side} {Words.Months[before.Read(tape)]} is {Words.Months[result]}",
                Check = (tape, result) => $"{count} {(after ? "before" : "after")} {Words.Months[result]} is {Words.Months[before.Read(tape)]}",
                Condition = tape => $"the year {(before.Read(tape) + (after ? count : -count) is < 0 or > 11 ? "changes" : "stays")}",
                Slips = (tape, result) => [Shift(result, 1), Shift(result, 11), Shift(before.Read(tape), after ? -count : count)],
            });
            sum += after ? count : -count;
        }

        if (level >= 4)
        {
            random.Shuffle(facts);
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"in which month is the {events[level]}", $"when is the {events[level]}"]),
            Goal = $"month of the {events[level]}",
            Plan = plan,
            Answer = (start + sum + 72) % 12,
            Values = Words.Months,
            Noise = ["the calendar hangs on the wall", $"last year it was in {random.Pick(Words.Months)}"],
        };
    }

    private static int Shift(int month, int by) => (month + by + 12) % 12;
}
