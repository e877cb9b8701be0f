using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>
/// Wrong options as typical mistakes: one step done wrong and carried on, stopping before the end, what only the text suggests; values
/// near the right one where these do not suffice. Numbers come in pairs that differ by a slip of one or ten, the right one with its
/// neighbour and each mistake with its own, so that the look of the options does not tell which pair, or which of a pair, is right.
/// </summary>
internal static class WrongAnswers
{
    private static readonly int[] Slips = [1, -1, 10, -10];

    /// <summary>That many distinct wrong answers (an odd number of them) in drawn order.</summary>
    public static List<int> Draw(SeededRandom random, Problem problem, int count)
    {
        HashSet<int> seen = [problem.Answer];
        List<int> mistakes = [.. Mistakes(problem).Where(value => problem.CanBeAnswer(value) && seen.Add(value))];
        random.Shuffle(mistakes);
        List<int> candidates = [.. mistakes, .. Near(random, problem).Where(value => problem.CanBeAnswer(value) && seen.Add(value))];
        List<int> drawn = problem.Values is null ? Pairs(random, problem.Answer, candidates, count) : [.. candidates.Take(count)];
        if (drawn.Count < count)
        {
            throw new InvalidOperationException($"There are only {drawn.Count} wrong answers for '{problem.Ask}'.");
        }

        random.Shuffle(drawn);
        return drawn;
    }

    private static List<int> Pairs(SeededRandom random, int answer, List<int> candidates, int count)
    {
        List<int> options = [answer];
        AddNeighbour(random, options, answer);

        // The mistakes lie about the right one or about its neighbour, or the right one would be in the middle more often than it.
        int center = random.Pick(options);
        List<int> about = [.. candidates.Select(value => value + center - answer).Where(value => value is >= 0 and <= Plan.Limit && !Slips.Contains(value - center))];

        // As many below as above, on average.
        int below = random.Next(((count - 1) / 2) + 1);
        foreach (int mistake in about.Where(value => value < center))
        {
            if (options.Count >= 2 + (2 * below))
            {
                break;
            }

            AddPair(random, options, mistake);
        }

        foreach (int mistake in about.OrderBy(value => value < center))
        {
            if (options.Count > count)
            {
                break;
            }

            AddPair(random, options, mistake);
        }

        return options[1..];
    }

    private static void AddPair(SeededRandom random, List<int> options, int mistake)
    {
        if (options.Any(option => option == mistake || Slips.Contains(option - mistake)))
        {
            return;
        }

        options.Add(mistake);
        if (!AddNeighbour(random, options, mistake))
        {
            options.RemoveAt(options.Count - 1);
        }
    }

    private static bool AddNeighbour(SeededRandom random, List<int> options, int value)
    {
        List<int> free = [.. Slips.Select(slip => value + slip).Where(other => other is >= 0 and <= Plan.Limit && !options.Contains(other))];
        if (free.Count == 0)
        {
            return false;
        }

        options.Add(random.Pick(free));
        return true;
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

    /// <summary>Values a little off, then all others.</summary>
    private static List<int> Near(SeededRandom random, Problem problem)
    {
        List<int> near = [.. Enumerable.Range(-15, 31).Select(distance => problem.Answer + distance)];
        random.Shuffle(near);
        return [.. near, .. Enumerable.Range(0, Plan.Limit + 1)];
    }
}
