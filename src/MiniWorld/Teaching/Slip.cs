using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>Wrong arithmetic in one step that propagates to a wrong answer.</summary>
internal static class Slip
{
    private const int Attempts = 12;

    /// <summary>The results of all steps, the last one wrong; for a question with options, one of the wrong options.</summary>
    public static int[] Draw(SeededRandom random, WorldItem item)
    {
        Problem problem = item.Problem;
        IReadOnlyList<Step> steps = problem.Plan.Steps;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int at = random.Next(steps.Count);
            IReadOnlyList<int> slips = steps[at].Slips([.. problem.Plan.Results.Take(at)], problem.Plan.Results[at]);
            if (slips.Count > 0
                && problem.Plan.RunWith(at, random.Pick(slips)) is { } tape
                && tape[^1] != problem.Answer
                && problem.CanBeAnswer(tape[^1])
                && (item.OptionValues.Count == 0 || item.OptionValues.Contains(tape[^1])))
            {
                return tape;
            }
        }

        // No early slip leads to an option: the last step goes wrong towards one, the nearest of numbers.
        List<int> wrong = [.. item.OptionValues.Where(value => value != problem.Answer)];
        int result = wrong.Count > 0 ? (problem.Values is null ? wrong.MinBy(value => Math.Abs(value - problem.Answer)) : random.Pick(wrong)) : problem.Answer + (problem.CanBeAnswer(problem.Answer + 1) ? 1 : -1);
        return [.. problem.Plan.Results.SkipLast(1), result];
    }
}
