using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>People in a line; the text says who is next to whom, in any order.</summary>
internal sealed class QueueFamily : QuestionFamily
{
    public override string Name => "queue";

    public override string Domain => "Logic";

    public override string Topic => "lines of people";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        int people = Math.Max(level + 2, options > 0 ? options + 2 : 0);
        List<int> line = Draw(random, [.. Enumerable.Range(0, Words.Names.Length)], people);
        List<string> links = [];
        for (int i = 1; i < people; i++)
        {
            (string front, string rear) = (Words.Names[line[i - 1]], Words.Names[line[i]]);
            links.Add(random.Chance(0.5) ? $"{front} is right before {rear}" : $"{rear} is right behind {front}");
        }

        random.Shuffle(links);
        SolutionPlan plan = new();
        Operand now = line[0];
        for (int i = 1; i <= level; i++)
        {
            Operand before = now;
            now = plan.Add(new Step
            {
                Label = $"number {i + 1}",
                Goal = $"number {i + 1} of the line",
                Compute = tape => line.IndexOf(before.Read(tape)) is int at && at >= 0 && at + 1 < line.Count ? line[at + 1] : -1,
                Say = (tape, result) => $"behind {Words.Names[before.Read(tape)]} is {Words.Names[result]}",
                Check = (tape, result) => $"before {Words.Names[result]} is {Words.Names[before.Read(tape)]}",
                Slips = (tape, result) => [.. line.Where(person => person != result && person != before.Read(tape))],
            });
        }

        return new Problem
        {
            Facts = [random.Pick<string>([$"{Words.Names[line[0]]} is first in a line", $"number 1 of a line is {Words.Names[line[0]]}"]), .. links],
            Ask = random.Pick<string>([$"who is number {level + 1}", $"who stands at place {level + 1} of the line"]),
            Goal = $"number {level + 1} of the line",
            Plan = plan,
            Answer = line[level],
            Values = Words.Names,
            Noise = ["the line is long", "nobody may change places"],

            // First and last are named in another way than those between them.
            Alike = line[1..^1],
        };
    }
}
