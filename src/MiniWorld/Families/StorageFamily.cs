using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Where a thing is after the content of boxes was moved about; some moves do not touch it.</summary>
internal sealed class StorageFamily : QuestionFamily
{
    /// <summary>The boxes in which the thing is before its last move.</summary>
    private const int Round = 3;

    public override string Name => "storage";

    public override string Domain => "Management";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string thing = random.Pick(Words.Parcels);
        string room = random.Pick<string>(["box", "shelf", "drawer"]);

        // From level 2 some moves take up another box: the last place named need not be the right one.
        bool[] idle = [.. Enumerable.Range(0, level).Select(i => level >= 2 && i < level - 1 && random.Chance(0.4))];

        // The thing goes round in a few boxes and ends in one that is named nowhere else. As many others are named once as there are wrong options, none
        // to all of them after it has come to its place: neither how often nor how late a box is named says anything.
        List<int> boxes = Draw(random, [.. Enumerable.Range(0, Words.Colours.Length)], Round + 1 + Math.Max(0, options));
        List<int> round = boxes[..Round];
        int end = boxes[Round];
        List<int> once = options == 0 ? [] : boxes[(Round + 1)..];
        List<int> before = once[random.Next(once.Count + 1)..];
        List<int> after = once[..^before.Count];
        SolutionPlan plan = new();
        List<string> facts =
            [random.Pick<string>([$"the {thing} is in the {Words.Colours[round[0]]} {room}", $"the {Words.Colours[round[0]]} {room} holds the {thing}"])];
        List<(int From, int To)> moves = [];
        Operand now = round[0];
        int at = round[0];
        for (int i = 0; i < level; i++)
        {
            while (before.Count > 0 && random.Next(level - i) == 0)
            {
                facts.Add(Aside(random, before, room));
            }

            int from = idle[i] ? random.Pick([.. round.Where(box => box != at)]) : at;
            int to = i == level - 1 ? end : random.Pick([.. round.Where(box => box != from && (!idle[i] || box != at))]);
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
            at = idle[i] ? at : to;
        }

        while (after.Count > 0)
        {
            facts.Add(Aside(random, after, room));
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"in which {room} is the {thing}", $"which {room} holds the {thing} now"]),
            Goal = $"place of the {thing}",
            Plan = plan,
            Answer = moves.Aggregate(round[0], (place, move) => place == move.From ? move.To : place),
            Values = Words.Colours,
            Topic = room switch { "box" => "boxes", "shelf" => "shelves", _ => "drawers" },
            Noise = [$"the manager has {random.Between(2, 30)} workers", $"each {room} has a lock"],
            Alike = options > 0 ? boxes[Round..] : null,
        };
    }

    /// <summary>Something about one or two boxes where the thing is not; they are taken off the list.</summary>
    private static string Aside(SeededRandom random, List<int> unnamed, string room)
    {
        int one = Take(unnamed);
        return unnamed.Count == 0 || random.Chance(0.5) ? $"nobody opens the {Words.Colours[one]} {room}" : Move(random, one, Take(unnamed));
    }

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
