namespace NaturalThoughts.Statistics;

/// <summary>Ranks in which ties share their mean rank.</summary>
internal static class Ranks
{
    /// <summary>Ranks from 1; equal values share the mean of their ranks.</summary>
    public static double[] Mid(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] ranks = new double[values.Count];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && values[order[to]] == values[order[from]])
            {
                to++;
            }

            for (int i = from; i < to; i++)
            {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }

            from = to;
        }

        return ranks;
    }

    /// <summary>The sizes of the groups of equal values.</summary>
    public static double[] Ties(IEnumerable<double> values) =>
        [.. values.GroupBy(value => value).OrderBy(group => group.Key).Select(group => (double)group.Count())];
}
