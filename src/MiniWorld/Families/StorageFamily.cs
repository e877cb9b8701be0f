using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Where a thing is after the content of boxes was moved about; some moves do not touch it.</summary>
internal sealed class StorageFamily : Family
{
    public override string Name => "storage";

    public override string Domain => "Management";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string thing = random.Pick(Words.Parcels);
        string room = random.Pick<string>(["box", "shelf", "drawer"]);

        // From level 2 some moves take up another box: the last place named need not be the right one.
        bool[] idle = [.. Enumerable.Range(0, level).Select(i => level >= 2 && i < level - 1 && random.Chance(0.4))];
        int touching = idle.Count(move => !move);
        List<int> boxes = Draw(random, [.. Enumerable.Range(0, Words.Colours.Length)], options == 10 ? Words.Colours.Length : touching + 4);
        List<int> path = boxes[..(touching + 1)];

        // Of the boxes where the thing never is, as many are named after it has come to its place, none to all, that the last place named says nothing.
        int after = options == 0 ? 0 : random.Next(boxes.Count - touching);
        List<int> before = boxes[(touching + 1 + after)..];
        Plan plan = new();
        List<string> facts = [random.Pick<string>([$"the {thing} is in the {Words.Colours[path[0]]} {room}", $"the {Words.Colours[path[0]]} {room} holds the {thing}"])];
        List<(int From, int To)> moves = [];
        Operand now = path[0];
        int at = 0;
        for (int i = 0; i < level; i++)
        {
            while (options > 0 && before.Count > 0 && random.Next(level - i) == 0)
            {
                facts.Add(Aside(random, before, room));
            }

            int from = idle[i] ? Other(random, before, boxes, path[at]) : path[at];
            int to = idle[i] ? Other(random, before, [.. boxes.Where(box => box != from)], path[at]) : path[++at];
            moves.Add((from, to));
            facts.Add(Move(random, from, to));
            Operand place = now;
            now = plan.Add(new Step
            {
                Label = $"{Words.Colours[from]} to {Words.Colours[to]}",
                Goal = $"place of the {thing}",
                Compute = tape => place.Read(tape) == from ? to : place.Read(tape),
                Say = (_, result) => $"{thing} in {Words.Colours[result]}",
                Condition = tape => place.Read(tape) == from ? $"it was in {Words.Colours[from]}" : $"it was not in {Words.Colours[from]}",
                Slips = (_, result) => [.. boxes.Where(box => box != result)],
            });
        }

        List<int> last = boxes[(touching + 1)..(touching + 1 + after)];
        while (last.Count > 0)
        {
            facts.Add(Aside(random, last, room));
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"in which {room} is the {thing}", $"which {room} holds the {thing} now"]),
            Goal = $"place of the {thing}",
            Plan = plan,
            Answer = moves.Aggregate(path[0], (place, move) => place == move.From ? move.To : place),
            Values = Words.Colours,
            Topic = room switch { "box" => "boxes", "shelf" => "shelves", _ => "drawers" },
            Noise = [$"the manager has {random.Between(2, 30)} workers", $"each {room} has a lock"],
            Alike = options > 0 ? boxes : null,
        };
    }

    /// <summary>Something about one or two boxes where the thing is not; they are taken off the list.</summary>
    private static string Aside(SeededRandom random, List<int> unnamed, string room)
    {
        int one = Take(unnamed);
        return unnamed.Count == 0 || random.Chance(0.5) ? $"nobody opens the {Words.Colours[one]} {room}" : Move(random, one, Take(unnamed));
    }

    private static int Other(SeededRandom random, List<int> unnamed, List<int> boxes, int at) =>
        unnamed.Count > 0 ? Take(unnamed) : random.Pick([.. boxes.Where(box => box != at)]);

    private static int Take(List<int> boxes)
    {
        int box = boxes[^1];
        boxes.RemoveAt(boxes.Count - 1);
        return box;
    }

    private static string Move(SeededRandom random, int from, int to)
    {
        string move = $"{Words.Colours[from]} to {Words.Colours[to]}";
        return random.Pick<string>([$"all goes from {move}", $"the workers move all from {move}"]);
    }
}
