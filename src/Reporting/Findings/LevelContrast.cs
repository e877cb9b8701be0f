using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>The difference between two groups of questions as a table [question, replicate] whose mean is that difference.</summary>
internal static class LevelContrast
{
    /// <summary>
    /// A value y of the group g becomes s (N / n_g) (y - mean of g) + D, with s = +1 or -1, n_g the questions of the group, N those of both and D the
    /// difference of the groups' means. The mean over questions of a replicate is then the difference of its groups' means, and the spread over questions is
    /// that of the two groups, without the distance between them.
    /// </summary>
    /// <param name="values">[question, replicate].</param>
    /// <param name="groups">1, -1, or 0 for a question that is left out.</param>
    /// <param name="finding">The finding, for messages.</param>
    /// <param name="benchmark">The benchmark, for messages.</param>
    /// <param name="hint">What levels there are, for messages.</param>
    /// <exception cref="UserErrorException">A group has fewer than two questions.</exception>
    public static double[,] Of(double[,] values, IReadOnlyList<int> groups, string finding, string benchmark, string hint)
    {
        int replicates = values.GetLength(1);
        int[] kept = [.. Enumerable.Range(0, groups.Count).Where(q => groups[q] != 0)];
        Dictionary<int, (int Count, double Mean)> means = [];
        foreach (int group in (int[])[1, -1])
        {
            int[] own = [.. kept.Where(q => groups[q] == group)];
            if (own.Length < 2)
            {
                throw new UserErrorException(
                    $"The finding '{finding}' compares levels, and on one side '{benchmark}' has {own.Length} questions of them; two or more are needed.",
                    "levels", hint);
            }

            means[group] = (own.Length, own.Sum(q => Enumerable.Range(0, replicates).Sum(r => values[q, r])) / ((double)own.Length * replicates));
        }

        double difference = means[1].Mean - means[-1].Mean;
        double[,] result = new double[kept.Length, replicates];
        for (int i = 0; i < kept.Length; i++)
        {
            int group = groups[kept[i]];
            for (int r = 0; r < replicates; r++)
            {
                result[i, r] = (group * ((double)kept.Length / means[group].Count) * (values[kept[i], r] - means[group].Mean)) + difference;
            }
        }

        return result;
    }
}
