using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>
/// What a trace will do, decided before a word is written: which strategies it uses, and where it goes wrong. Where strategies are words alone,
/// both are drawn apart from each other; where they do something, going wrong follows from what was not done.
/// </summary>
/// <param name="Temperament">How much it says.</param>
/// <param name="Verbosity">0 .. 10: how many words without need.</param>
/// <param name="Tape">The results that it ends up with.</param>
/// <param name="Caught">A step whose wrong result a check finds, and that result; null for none.</param>
/// <param name="CheckAt">The step that it verifies; -1 for none.</param>
/// <param name="BackAt">The step before which it takes a wrong turn; -1 for none.</param>
/// <param name="Searches">Whether it tries the candidates of a search one by one.</param>
/// <param name="Cases">Whether it tells the cases of a condition apart.</param>
internal sealed record TracePlan(
    Temperament Temperament, int Verbosity, IReadOnlyList<int> Tape, (int At, int Result)? Caught, int CheckAt, int BackAt, bool Searches, bool Cases)
{
    /// <summary>Draws the plan of a trace for one question.</summary>
    public static TracePlan Draw(WorldItem item, SeededRandom random, TeacherHabits habits)
    {
        IReadOnlyList<Step> steps = item.Problem.Plan.Steps;
        Temperament temperament = DrawTemperament(random, habits);
        int verbosity = DrawVerbosity(random, temperament);
        bool checks = Uses(random, temperament, 0.12 + (0.06 * item.Level));
        bool cases = Uses(random, temperament, 0.7);
        bool searches = habits.Functional && Uses(random, temperament, 0.6);
        int backAt = Uses(random, temperament, 0.03 + (0.035 * item.Level)) ? random.Next(steps.Count) : -1;
        int checkAt = checks ? Last(steps, step => step.Check is not null) : -1;
        TracePlan plan = new(temperament, verbosity, item.Problem.Plan.Results, null, checkAt, backAt, searches, cases);

        double rate =
            habits.MistakeRates[item.Level - 1] * (habits.Functional ? 1 + (TeacherHabits.Distraction * (verbosity - TeacherHabits.UsualVerbosity)) : 1);
        bool slips = random.Chance(rate);
        if (!habits.Functional)
        {
            return slips ? plan with { Tape = Slip.Draw(random, item) } : plan;
        }

        if (slips && checkAt >= 0 && random.Chance(TeacherHabits.Caught) && CaughtSlip(random, item) is { } caught)
        {
            plan = plan with { Caught = caught, CheckAt = caught.At };
            slips = false;
        }

        int search = Last(steps, step => step.Tries is not null);
        int choice = Last(steps, step => step.Guesses is not null && step.Tries is null);
        int[]? guess = search >= 0 && !searches && random.Chance(TeacherHabits.Untried) ? Slip.Guess(random, item, search)
            : choice >= 0 && !cases && random.Chance(TeacherHabits.WrongCase) ? Slip.Guess(random, item, choice)
            : null;
        return guess is null ? (slips ? plan with { Tape = Slip.Draw(random, item) } : plan) : plan with { Tape = guess, Caught = null };
    }

    /// <summary>Whether a strategy with this base rate is used: terse traces rarely, thorough ones more often.</summary>
    public static bool Uses(SeededRandom random, Temperament temperament, double rate) =>
        random.Chance(Math.Min(0.9, rate * (temperament switch { Temperament.Terse => 0.25, Temperament.Plain => 0.7, _ => 2.0 })));

    /// <summary>The last step of a kind; -1 for none.</summary>
    public static int Last(IReadOnlyList<Step> steps, Func<Step, bool> wanted)
    {
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            if (wanted(steps[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether the teacher can write a wrong result down: it is in range.</summary>
    public static bool Showable(Problem problem, int value) =>
        value is >= 0 and <= SolutionPlan.Limit && (problem.Values is null || value < problem.Values.Count);

    private static (int At, int Result)? CaughtSlip(SeededRandom random, WorldItem item)
    {
        IReadOnlyList<Step> steps = item.Problem.Plan.Steps;
        int at = random.Pick([.. Enumerable.Range(0, steps.Count).Where(i => steps[i].Check is not null)]);
        IReadOnlyList<int> results = item.Problem.Plan.Results;
        List<int> wrong = [.. steps[at].Slips([.. results.Take(at)], results[at]).Where(value => value != results[at] && Showable(item.Problem, value))];
        return wrong.Count == 0 ? null : (at, random.Pick(wrong));
    }

    private static Temperament DrawTemperament(SeededRandom random, TeacherHabits habits)
    {
        (double terse, double plain, double thorough) = habits.Temperaments;
        double draw = random.NextDouble() * (terse + plain + thorough);
        return draw < terse ? Temperament.Terse : draw < terse + plain ? Temperament.Plain : Temperament.Thorough;
    }

    private static int DrawVerbosity(SeededRandom random, Temperament temperament) => temperament switch
    {
        Temperament.Terse => random.Chance(0.85) ? random.Next(2) : random.Between(2, 4),
        Temperament.Plain => random.Chance(0.6) ? random.Next(3) : random.Between(2, 8),
        _ => random.Chance(0.5) ? random.Between(1, 4) : random.Between(4, 10),
    };
}
