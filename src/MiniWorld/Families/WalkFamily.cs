using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Moves on a grid of streets; only those along the asked axis count.</summary>
internal sealed class WalkFamily : QuestionFamily
{
    public override string Name => "walk";

    public override string Domain => "Geography";

    public override string Topic => "grid walks";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string name = random.Pick(Words.Names);
        bool north = random.Chance(0.5);
        (string ahead, string behind) = north ? ("north", "south") : ("east", "west");
        (string left, string right) = north ? ("west", "east") : ("south", "north");
        string unit = random.Pick<string>(["blocks", "miles"]);
        SolutionPlan plan = new();
        int value = random.Between(3, 12);
        List<string> facts = [random.Pick<string>([$"{name} walks {value} {unit} {ahead} from home", $"from home {name} goes {value} {unit} {ahead}"])];
        Operand now = value;
        for (int i = 0; i < level; i++)
        {
            if (level > 1 && random.Chance(0.3))
            {
                facts.Add($"then {random.Between(2, 9)} {unit} {(random.Chance(0.5) ? left : right)}");
            }

            int count = random.Between(2, 9);
            bool forward = value - count < 1 || random.Chance(0.5);
            facts.Add(
                random.Pick<string>([$"then {count} {unit} {(forward ? ahead : behind)}", $"then {name} goes {count} {unit} {(forward ? ahead : behind)}"]));
            string label = $"{count} {(forward ? ahead : behind)}";
            now = forward ? plan.Sum(label, $"{unit} {ahead}", now, count) : plan.Less(label, $"{unit} {ahead}", now, count);
            value += forward ? count : -count;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"how many {unit} {ahead} of home is {name}", $"how far {ahead} of home is {name} in {unit}"]),
            Goal = $"{unit} {ahead} of home",
            Plan = plan,
            Answer = value,
            Noise = [$"the town is {random.Between(20, 60)} {unit} wide", $"{name} carries a map"],
        };
    }
}
