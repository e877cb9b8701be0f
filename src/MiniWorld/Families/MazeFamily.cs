using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Roads that fork, some of them into dead ends: the one way to a town has to be searched, and its miles added.</summary>
internal sealed class MazeFamily : QuestionFamily
{
    public override string Name => "maze";

    public override string Domain => "Geography";

    public override string Topic => "path finding";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        // From level 4 a second one forks off later, too.
        int roads = 1 + ((level + 1) / 2) + (level / 6);
        List<int> towns = Draw(random, [.. Enumerable.Range(0, Words.Cities.Length)], roads + 4);
        List<int> forks = level >= 4 ? [0, random.Between(1, roads - 2)] : [0];
        List<string> lines = [];
        SolutionPlan plan = new();
        Operand now = default;
        int value = 0;
        string Town(int index) => Words.Cities[towns[index]];
        for (int i = 0; i < roads; i++)
        {
            int miles = random.Between(2, 9);
            (string from, string to) = (Town(i), Town(i + 1));
            lines.Add($"{from} to {to} {miles}");
            value += miles;
            int fork = forks.IndexOf(i);
            string[] tries = [];
            int wrong = 0;
            if (fork >= 0)
            {
                string dead = Town(roads + 1 + fork);
                wrong = miles + (random.Between(1, 5) * (miles > 6 ? -1 : 1));
                lines.Add($"{from} to {dead} {wrong}");
                tries = [$"{from} to {dead} ends there"];
            }

            Operand before = now;
            bool start = i == 0;
            now = plan.Add(new Step
            {
                Label = $"{from} to {to}",
                Goal = $"miles to {to}",
                Compute = tape => (start ? 0 : before.Read(tape)) + miles,
                Say = (tape, result) => start ? $"{to} after {result}" : $"{before.Read(tape)} + {miles} = {result}",
                Check = start ? null : (tape, result) => $"{result} - {miles} = {before.Read(tape)}",
                Slips = (_, result) => [result + 1, result - 1, result + 10, result - 2],
                Tries = fork < 0 ? null : _ => tries,
                Guesses = fork < 0 ? null : (tape, _) => [(start ? 0 : before.Read(tape)) + wrong],
            });
        }

        random.Shuffle(lines);
        string name = random.Pick(Words.Names);
        string map = $"{random.Pick<string>(["the roads and their miles are", "the map shows in miles"])} {string.Join(" , ", lines)}";
        return new Problem
        {
            Facts = [map, random.Pick<string>([$"{name} goes from {Town(0)} to {Town(roads)}", $"{name} is in {Town(0)} and goes to {Town(roads)}"])],
            Ask = random.Pick<string>(["how many miles is that", $"how many miles does {name} go"]),
            Goal = $"miles of {name}",
            Plan = plan,
            Answer = value,
            Noise = ["the roads are long", $"{name} carries a map"],
        };
    }
}
