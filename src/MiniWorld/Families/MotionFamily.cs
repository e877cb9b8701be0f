using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>Mechanics in whole numbers: distance, speeding up, slowing down.</summary>
internal sealed class MotionFamily : QuestionFamily
{
    public override string Name => "motion";

    public override string Domain => "Science";

    public override string Topic => "motion";

    public override Problem Create(SeededRandom random, int level, int options)
    {
        string cart = random.Pick<string>(["cart", "train", "sled", "rocket"]);
        SolutionPlan plan = new();
        int speed = level % 2 == 0 ? random.Between(3, 30) : random.Between(2, 8);
        List<string> facts = [random.Pick<string>([$"a {cart} moves at {speed} meters a second", $"the speed of a {cart} is {speed} meters a second"])];
        Operand now = speed;

        // Levels 2, 4 and 6 ask for the speed after phases of two steps; odd levels end with a distance.
        for (int phase = 0; phase < level / 2; phase++)
        {
            int change = random.Between(2, level % 2 == 0 ? 5 : 3);
            int seconds = random.Between(2, 4);
            bool faster = speed - (change * seconds) < 2 || (speed < (level % 2 == 0 ? 60 : 12) && random.Chance(level % 2 == 0 ? 0.5 : 0.6));
            if (faster && speed + (change * seconds) > 16 && level % 2 == 1)
            {
                (change, seconds) = (2, 2);
            }

            string verb = faster ? "gains" : "brakes";
            facts.Add(
                random.Pick<string>([$"then it {verb} {change} each second for {seconds} seconds", $"for {seconds} seconds it {verb} {change} each second"]));
            Operand amount = plan.Times($"{verb} {change} for {seconds}", "change of speed", change, seconds);
            now = faster ? plan.Sum($"{verb} so", "speed", now, amount) : plan.Less($"{verb} so", "speed", now, amount);
            speed += (faster ? 1 : -1) * change * seconds;
        }

        int answer = speed;
        if (level % 2 == 1)
        {
            int seconds = random.Between(2, Math.Clamp(99 / speed, 2, level == 1 ? 9 : 4));
            facts.Add(random.Pick<string>([$"then it rolls on for {seconds} seconds", $"it keeps its speed for {seconds} seconds"]));
            plan.Times($"rolls {seconds}", "meters", now, seconds);
            answer = speed * seconds;
        }

        return new Problem
        {
            Facts = facts,
            Ask = level % 2 == 1
                ? random.Pick<string>(["how many meters does it roll in that time", "how long is the last way in meters"])
                : random.Pick<string>(["how fast is it then", "what is its speed in the end"]),
            Goal = level % 2 == 1 ? "meters" : $"speed of the {cart}",
            Plan = plan,
            Answer = answer,
            Noise = [$"the {cart} weighs {random.Between(10, 60)} kilos", "the track is straight"],
        };
    }
}
