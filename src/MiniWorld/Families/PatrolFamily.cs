using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>A way north or south at a speed: the steps of motion and walk in one question.</summary>
internal sealed class PatrolFamily : QuestionFamily
{
    public override string Name => "patrol";

    public override string Domain => "Geography";

    public override bool HeldOut => true;

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string name = random.Pick(Words.Names);
        (string ahead, string behind) = random.Chance(0.5) ? ("north", "south") : ("east", "west");
        int value = random.Between(20, 45);
        SolutionPlan plan = new();
        List<string> facts = [random.Pick<string>([$"{name} walks {value} meters {ahead} from home", $"from home {name} goes {value} meters {ahead}"])];
        int speed = random.Between(2, 6);
        int seconds = random.Between(2, 5);
        bool forward = value - (speed * seconds) < 1 || random.Chance(0.5);
        string way = forward ? ahead : behind;
        facts.Add($"then {name} moves {way} at {speed} meters a second for {seconds} seconds");
        Operand amount = plan.Times($"{speed} for {seconds}", "meters", speed, seconds);
        Operand now = forward ? plan.Sum(way, $"meters {ahead}", value, amount) : plan.Less(way, $"meters {ahead}", value, amount);
        value += (forward ? 1 : -1) * speed * seconds;
        for (int i = 1; i < level; i++)
        {
            int count = random.Between(2, 9);
            bool on = value - count < 1 || (value < 85 && random.Chance(0.5));
            string side = on ? ahead : behind;
            facts.Add(random.Pick<string>([$"then {count} meters {side}", $"then {name} goes {count} meters {side}"]));
            now = on ? plan.Sum($"{count} {side}", $"meters {ahead}", now, count) : plan.Less($"{count} {side}", $"meters {ahead}", now, count);
            value += on ? count : -count;
        }

        return new Problem
        {
            Facts = facts,
            Ask = random.Pick<string>([$"how many meters {ahead} of home is {name}", $"how far {ahead} of home is {name} in meters"]),
            Goal = $"meters {ahead} of home",
            Plan = plan,
            Answer = value,
            Noise = [$"the town is {random.Between(20, 60)} miles wide", "the track is straight"],
        };
    }
}
