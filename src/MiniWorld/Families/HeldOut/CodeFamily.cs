using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families.HeldOut;

/// <summary>A secret language in which each word means another; translate again and again.</summary>
internal sealed class CodeFamily : Family
{
    private static readonly string[] Secrets = ["sun", "moon", "star", "tree", "river", "stone", "wind", "snow", "fire", "leaf", "cloud", "sand"];

    public override string Name => "code";

    public override string Domain => "Literature";

    public override bool HeldOut => true;

    public override Problem Create(SeededRandom random, int level)
    {
        List<int> chain = Draw(random, [.. Enumerable.Range(0, Secrets.Length)], Math.Min(level + 3, 7));
        List<string> lines = [.. chain.Zip(chain.Skip(1), (from, to) => $"{Secrets[from]} means {Secrets[to]}")];
        random.Shuffle(lines);
        Plan plan = new();
        Operand now = chain[0];
        for (int i = 1; i <= level; i++)
        {
            Operand before = now;
            now = plan.Add(new Step
            {
                Label = $"turn {i}",
                Goal = $"word after turn {i}",
                Compute = tape => chain.IndexOf(before.Read(tape)) is int at && at >= 0 && at + 1 < chain.Count ? chain[at + 1] : -1,
                Say = (tape, result) => $"{Secrets[before.Read(tape)]} means {Secrets[result]}",
                Slips = (tape, result) => [.. chain.Where(word => word != result && word != before.Read(tape))],
            });
        }

        return new Problem
        {
            Facts = [$"{random.Pick<string>(["in a poem", "in a secret book"])} {string.Join(" , ", lines)}", random.Pick<string>([$"the poet takes {Secrets[chain[0]]} and makes {level} turns", $"{Secrets[chain[0]]} is read with {level} turns"])],
            Ask = random.Pick<string>(["which word comes out", "what is the last word"]),
            Goal = "last word",
            Plan = plan,
            Answer = chain[level],
            Values = Secrets,
            Noise = ["the book is old", $"the poem has {random.Between(4, 40)} lines"],
            Traps = [.. chain],
        };
    }
}
