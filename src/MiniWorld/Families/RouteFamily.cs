using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Roads from town to town, listed in any order: follow so many of them.</summary>
internal sealed class RouteFamily : QuestionFamily
{
    public override string Name => "route";

    public override string Domain => "Geography";

    public override string Topic => "routes";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        List<int> towns = Draw(random, [.. Enumerable.Range(0, Words.Cities.Length)], Math.Max(Math.Min(level + 3, 8), options > 0 ? options + 2 : 0));
        Dictionary<int, int> next = [];
        for (int i = 0; i + 1 < towns.Count; i++)
        {
            next[towns[i]] = towns[i + 1];
        }

        List<string> roads = [.. next.Select(road => $"{Words.Cities[road.Key]} to {Words.Cities[road.Value]}")];
        random.Shuffle(roads);
        string name = random.Pick(Words.Names);
        SolutionPlan plan = new();
        Operand now = towns[0];
        for (int i = 1; i <= level; i++)
        {
            Operand before = now;
            now = plan.Add(new Step
            {
                Label = $"road {i}",
                Goal = $"town after road {i}",
                Compute = tape => next.TryGetValue(before.Read(tape), out int to) ? to : -1,
                Say = (tape, result) => $"{Words.Cities[before.Read(tape)]} to {Words.Cities[result]}",
                Slips = (tape, result) => [.. towns.Where(town => town != result && town != before.Read(tape))],
                Check = (tape, result) => $"the way to {Words.Cities[result]} is from {Words.Cities[before.Read(tape)]}",
            });
        }

        string travels = random.Pick<string>(
            [$"{name} starts in {Words.Cities[towns[0]]} and takes {level} roads", $"from {Words.Cities[towns[0]]} {name} travels {level} roads far"]);
        string map = $"{random.Pick<string>(["the roads go", "one can travel", "the map shows"])} {string.Join(" , ", roads)}";
        return new Problem
        {
            Facts = random.Chance(0.6) ? [map, travels] : [travels, map],
            Ask = random.Pick<string>([$"where is {name} in the end", $"in which town does {name} stop"]),
            Goal = $"town of {name}",
            Plan = plan,
            Answer = towns[level],
            Values = Words.Cities,
            Noise = [$"{random.Pick(Words.Cities)} is a large town", "the roads are long"],

            // Start and end of the road are named in another way than the towns between them.
            Alike = towns[1..^1],
        };
    }
}
