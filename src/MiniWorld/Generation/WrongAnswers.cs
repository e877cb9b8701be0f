using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>
/// Wrong options, made the same way as the right answer looks. Numbers are other answers of the same family and level, out of a window about
/// the right one that lies as often below it as above; given the options alone, each of them is right with the same probability: the window
/// says nothing, a set of options has a probability in proportion to the product of its answers' frequencies, whichever is right, and where
/// that fails by a factor the problem is drawn anew as often. Words are drawn from those that the text names in the same way.
/// </summary>
internal static class WrongAnswers
{
    /// <summary>That many distinct wrong answers in drawn order; null where the problem does not fit and is to be drawn anew.</summary>
    public static List<int>? Draw(SeededRandom random, QuestionFamily family, int level, Problem problem, int count) =>
        problem.Values is null && problem.Alike is null
            ? Numbers(random, AnswerSpread.Of(family, level), problem.Answer, count)
            : Words(random, problem.Alike ?? [.. Enumerable.Range(0, problem.Values!.Count)], problem.Answer, count);

    private static List<int>? Words(SeededRandom random, IReadOnlyList<int> alike, int answer, int count)
    {
        List<int> wrong = [.. alike.Where(value => value != answer)];
        random.Shuffle(wrong);
        return wrong.Count < count ? null : wrong[..count];
    }

    private static List<int>? Numbers(SeededRandom random, AnswerSpread spread, int answer, int count)
    {
        // The nearer they are, the less the numbers of the text tell: of four options the window has room for 6 answers, of ten for 14.
        int width = (4 * count / 3) + 2;
        int at = spread.Values.ToList().BinarySearch(answer);
        int first = at - random.Next(width);
        List<int> window = [.. Enumerable.Range(Math.Max(0, first), Math.Max(0, Math.Min(spread.Values.Count, first + width) - Math.Max(0, first)))];
        if (at < 0 || window.Count <= count)
        {
            return null;
        }

        double most = window.Max(index => spread.Counts[index]);
        double Ways(int right) => Products([.. window.Where(index => index != right).Select(index => spread.Counts[index] / most)], count)[0][count];
        if (!random.Chance(Ways(at) / window.Max(Ways)))
        {
            return null;
        }

        window.Remove(at);
        return Subset(random, [.. window.Select(index => spread.Values[index])], [.. window.Select(index => spread.Counts[index] / most)], count);
    }

    /// <summary>A subset of a size, its probability in proportion to the product of its weights (conditional Poisson sampling).</summary>
    private static List<int> Subset(SeededRandom random, List<int> values, List<double> weights, int size)
    {
        double[][] products = Products(weights, size);
        List<int> drawn = [];
        for (int i = 0; i < values.Count && drawn.Count < size; i++)
        {
            int left = size - drawn.Count;
            if (random.Chance(weights[i] * products[i + 1][left - 1] / products[i][left]))
            {
                drawn.Add(values[i]);
            }
        }

        random.Shuffle(drawn);
        return drawn;
    }

    /// <summary>At [i][d]: the sum over all subsets of size d of the weights from i on, of their products.</summary>
    private static double[][] Products(List<double> weights, int size)
    {
        double[][] sums = [.. Enumerable.Range(0, weights.Count + 1).Select(_ => new double[size + 1])];
        sums[^1][0] = 1;
        for (int i = weights.Count - 1; i >= 0; i--)
        {
            sums[i][0] = 1;
            for (int d = 1; d <= size; d++)
            {
                sums[i][d] = sums[i + 1][d] + (weights[i] * sums[i + 1][d - 1]);
            }
        }

        return sums;
    }
}
