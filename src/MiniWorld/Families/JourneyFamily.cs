using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Roads that take months: the steps of route and months in one question.</summary>
internal sealed class JourneyFamily : QuestionFamily
{
    public override string Name => "journey";

    public override string Domain => "Time";

    public override bool HeldOut => true;

    public override Problem Create(SeededRandom random, int level, int options)
    {
        List<int> towns = Draw(random, [.. Enumerable.Range(0, Words.Cities.Length)], level + 3);
        Dictionary<int, int> next = [];
        for (int i = 0; i + 1 < towns.Count; i++)
        {
            next[towns[i]] = towns[i + 1];
        }

        List<string> roads = [.. next.Select(road => $"{Words.Cities[road.Key]} to {Words.Cities[road.Value]}")];
        random.Shuffle(roads);
        string name = random.Pick(Words.Names);
        int start = random.Next(12);
        int months = random.Between(1, 5);
        SolutionPlan plan = new();
        Operand place = towns[0];
        Operand month = start;
        for (int i = 1; i <= level; i++)
        {
            Operand from = place;
            Operand before = month;
            place = plan.Add(new Step
            {
                Label = $"road {i}",
                Goal = $"town after road {i}",
                Compute = tape => next.TryGetValue(from.Read(tape), out int to) ? to : -1,
                Say = (tape, result) => $"{Words.Cities[from.Read(tape)]} to {Words.Cities[result]}",
                Slips = (tape, result) => [.. towns.Where(town => town != result && town != from.Read(tape))],
                Check = (tape, result) => $"the way to {Words.Cities[result]} is from {Words.Cities[from.Read(tape)]}",
            });
            month = plan.Add(new Step
            {
                Goal = "month",
                Compute = tape => (before.Read(tape) + months) % 12,
                Say = (tape, result) => $"{months} after {Words.Months[before.Read(tape)]} is {Words.Months[result]}",
                Check = (tape, result) => $"{months} before {Words.Months[result]} is {Words.Months[before.Read(tape)]}",
                Slips = (tape, result) => [(result + 1) % 12, (result + 11) % 12],
            });
        }

        string town = Words.Cities[towns[level]];
        return new Problem
        {
            Facts =
            [
                $"{random.Pick<string>(["the roads go", "one can travel", "the map shows"])} {string.Join(" , ", roads)}",
                $"{name} starts in {Words.Cities[towns[0]]} in {Words.Months[start]}",
                $"each of the roads takes {months} months",
            ],
            Ask = random.Pick<string>([$"in which month is {name} in {town}", $"when is {name} in {town}"]),
            Goal = $"month in {town}",
            Plan = plan,
            Answer = (start + (months * level)) % 12,
            Told = months * level % 12 == 0,
            Values = Words.Months,
            Noise = ["the calendar hangs on the wall", "the roads are long"],
        };
    }
}
