using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>A wrong result in one step that propagates to a wrong answer.</summary>
internal static class Slip
{
    private const int Attempts = 12;

    /// <summary>The results of all steps, the last one wrong; for a question with options, one of the wrong options.</summary>
    public static int[] Draw(SeededRandom random, WorldItem item)
    {
        IReadOnlyList<Step> steps = item.Problem.Plan.Steps;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int at = random.Next(steps.Count);
            if (Wrong(random, item, at, Results(item, at, steps[at].Slips)) is { } tape)
            {
                return tape;
            }
        }

        return Last(random, item);
    }

    /// <summary>
    /// The results where a step takes what was neither tried nor told apart; wrong in the end as <see cref="Draw"/> is. Null where the guess is right.
    /// </summary>
    public static int[]? Guess(SeededRandom random, WorldItem item, int at)
    {
        IReadOnlyList<int> guesses = Results(item, at, item.Problem.Plan.Steps[at].Guesses!);
        return guesses.Count == 0 ? null : Wrong(random, item, at, guesses) ?? Last(random, item);
    }

    private static IReadOnlyList<int> Results(WorldItem item, int at, Func<IReadOnlyList<int>, int, IReadOnlyList<int>> wrong) =>
        wrong([.. item.Problem.Plan.Results.Take(at)], item.Problem.Plan.Results[at]);

    private static int[]? Wrong(SeededRandom random, WorldItem item, int at, IReadOnlyList<int> results) =>
        results.Count > 0
            && item.Problem.Plan.RunWith(at, random.Pick(results)) is { } tape
            && tape[^1] != item.Problem.Answer
            && item.Problem.CanBeAnswer(tape[^1])
            && (item.OptionValues.Count == 0 || item.OptionValues.Contains(tape[^1]))
            ? tape
            : null;

    // No early slip leads to an option: the last step goes wrong towards one, the nearest of numbers.
    private static int[] Last(SeededRandom random, WorldItem item)
    {
        Problem problem = item.Problem;
        List<int> wrong = [.. item.OptionValues.Where(value => value != problem.Answer)];
        int result = wrong.Count > 0
            ? (problem.Values is null ? wrong.MinBy(value => Math.Abs(value - problem.Answer)) : random.Pick(wrong))
            : problem.Answer + (problem.CanBeAnswer(problem.Answer + 1) ? 1 : -1);
        return [.. problem.Plan.Results.SkipLast(1), result];
    }
}
