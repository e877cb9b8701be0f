using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>
/// How far a point (tokens per answer, value) lies above the line through two others, such as a student that chooses whether to think above the line between
/// thinking always and never: one that tosses a coin lies on it, whatever its share. With values a, mean tokens t, the point 0 and the ends 1 and 2 it is
/// a0 - (1 - w) a1 - w a2, where w = (t0 - t1) / (t2 - t1); beyond an end the line goes on. That w is estimated, too, is allowed for by the delta method:
/// the variance is that of the same sum of a - g t, where g = (a2 - a1) / (t2 - t1) is the slope. The tokens add nothing to the estimate: their sum is 0.
/// </summary>
internal static class ChordContrast
{
    // Standard errors between the ends. From here on simulations of a coin reject 2.2 to 2.4 % a side between the ends and up to 4.3 % beyond one (nominal
    // 2.5); at 4 it is 6.5 % beyond an end, at 1.4 it is 13 %.
    private const double LeastDistance = 10;

    /// <summary>The contrast; null where the ends' tokens are not clearly different, so that there is no line.</summary>
    /// <param name="values">The point and the two ends; their weights do not count.</param>
    /// <param name="tokens">The same cells' tokens, with the same questions and replicates.</param>
    public static CrossedContrast? Of(IReadOnlyList<ContrastTerm> values, IReadOnlyList<ContrastTerm> tokens)
    {
        CrossedContrast ends = CrossedContrast.Of([tokens[2] with { Weight = 1 }, tokens[1] with { Weight = -1 }]);
        if (ends.Estimate == 0 || Math.Abs(ends.Estimate) < LeastDistance * ends.StandardError)
        {
            return null;
        }

        double[] a = [.. values.Select(term => term.Mean)], t = [.. tokens.Select(term => term.Mean)];
        double share = (t[0] - t[1]) / (t[2] - t[1]), slope = (a[2] - a[1]) / (t[2] - t[1]);
        double[] weights = [1, share - 1, -share];
        return CrossedContrast.Of(
        [
            .. values.Select((term, i) => new ContrastTerm(
                weights[i], [.. term.Verdicts.Select((table, s) => Less(table, tokens[i].Verdicts[s], slope))], null, term.Student)),
        ]);
    }

    private static double[,] Less(double[,] values, double[,] tokens, double slope)
    {
        double[,] left = new double[values.GetLength(0), values.GetLength(1)];
        for (int q = 0; q < left.GetLength(0); q++)
        {
            for (int r = 0; r < left.GetLength(1); r++)
            {
                left[q, r] = values[q, r] - (slope * tokens[q, r]);
            }
        }

        return left;
    }
}
