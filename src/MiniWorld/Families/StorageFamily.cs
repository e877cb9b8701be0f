using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Where a thing is after the content of boxes was moved about; some moves do not touch it.</summary>
internal sealed class StorageFamily : Family
{
    public override string Name => "storage";

    public override string Domain => "Management";

    public override Problem Create(SeededRandom random, int level)
    {
        string thing = random.Pick(Words.Parcels);
        List<int> boxes = Draw(random, [.. Enumerable.Range(0, Words.Colours.Length)], Math.Clamp(level + 1, 3, 5));
        Plan plan = new();
        int start = boxes[0];
        int at = start;
        string room = random.Pick<string>(["box", "shelf", "drawer"]);
        List<string> facts = [random.Pick<string>([$"the {thing} is in the {Words.Colours[at]} {room}", $"the {Words.Colours[at]} {room} holds the {thing}"])];
        List<(int From, int To)> moves = [];
        Operand now = start;
        for (int i = 0; i < level; i++)
        {
            // From level 2 some moves take up another box: the last place named need not be the right one.
            bool idle = level >= 2 && random.Chance(0.4);
            int from = idle ? boxes.First(box => box != at) : at;
            int to = random.Pick([.. boxes.Where(box => box != from && (!idle || box != at))]);
            moves.Add((from, to));
            string move = $"{Words.Colours[from]} to {Words.Colours[to]}";
            facts.Add(random.Pick<string>([$"all goes from {move}", $"the workers move all from {move}"]));
            Operand before = now;
            now = plan.Add(new Step
            {
                Label = move,
                Goal = $"place of the {thing}",
                Compute = tape => before.Read(tape) == from ? to : before.Read(tape),
                Say = (_, result) => $"{thing} in {Words.Colours[result]}",
                Condition = tape => before.Read(tape) == from ? $"it was in {Words.Colours[from]}" : $"it was not in {Words.Colours[from]}",
                Slips = (_, result) => [.. boxes.Where(box => box != result)],
            });
            at = from == at ? to : at;
        }

        int answer = moves.Aggregate(start, (place, move) => place == move.From ? move.To : place);
        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"in which {room} is the {thing}", $"which {room} holds the {thing} now"]),
            Goal = $"place of the {thing}",
            Plan = plan,
            Answer = answer,
            Values = Words.Colours,
            Noise = [$"the manager has {random.Between(2, 30)} workers", $"each {room} has a lock"],
            Traps = [.. boxes],
        };
    }
}
