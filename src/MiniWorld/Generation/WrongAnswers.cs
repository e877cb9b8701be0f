using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>
/// Wrong options as typical mistakes: one step done wrong and carried on, stopping before the end, what only the text suggests;
/// values near the right one where these do not suffice.
/// </summary>
internal static class WrongAnswers
{
    /// <summary>That many distinct wrong answers in drawn order.</summary>
    public static List<int> Draw(SeededRandom random, Problem problem, int count)
    {
        HashSet<int> seen = [problem.Answer];
        List<int> mistakes = [.. Mistakes(problem).Where(value => problem.CanBeAnswer(value) && seen.Add(value))];
        random.Shuffle(mistakes);
        List<int> near = [.. Near(problem).Where(value => problem.CanBeAnswer(value) && seen.Add(value)).Take(Math.Max(0, count - mistakes.Count))];
        List<int> drawn = [.. mistakes.Take(count), .. near];
        if (drawn.Count < count)
        {
            throw new InvalidOperationException($"There are only {drawn.Count} wrong answers for '{problem.Ask}'.");
        }

        random.Shuffle(drawn);
        return drawn;
    }

    private static IEnumerable<int> Mistakes(Problem problem)
    {
        IReadOnlyList<Step> steps = problem.Plan.Steps;
        for (int i = 0; i < steps.Count; i++)
        {
            IReadOnlyList<int> before = [.. problem.Plan.Results.Take(i)];
            foreach (int slip in steps[i].Slips(before, problem.Plan.Results[i]))
            {
                if (problem.Plan.RunWith(i, slip) is { } tape)
                {
                    yield return tape[^1];
                }
            }
        }

        // Steps of other kinds (truth values, comparisons) have results that no one would take for the answer.
        foreach (int early in problem.Plan.Results.Where((_, i) => i < steps.Count - 1 && steps[i].Condition is null))
        {
            yield return early;
        }

        foreach (int trap in problem.Traps)
        {
            yield return trap;
        }
    }

    private static IEnumerable<int> Near(Problem problem)
    {
        for (int distance = 1; distance <= 99; distance++)
        {
            yield return problem.Answer + distance;
            yield return problem.Answer - distance;
        }
    }
}
