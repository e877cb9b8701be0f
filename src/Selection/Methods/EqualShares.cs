namespace NaturalThoughts.Selection.Methods;

/// <summary>
/// Uniform over groups, then uniform within: every group has an equal share; what an exhausted group leaves over is shared
/// equally by the others, and the last few that do not divide go to groups in the order of a keyed draw of their names.
/// </summary>
internal static class EqualShares
{
    /// <summary>The share of each group.</summary>
    /// <param name="sizes">Members by group.</param>
    /// <param name="size">How many to select; at most the sum of the sizes.</param>
    /// <param name="order">All groups, in the order in which remainders are given out.</param>
    public static Dictionary<string, int> Allocate(IReadOnlyDictionary<string, int> sizes, int size, IReadOnlyList<string> order)
    {
        Dictionary<string, int> shares = order.ToDictionary(group => group, _ => 0, StringComparer.Ordinal);
        int left = size;
        while (left > 0)
        {
            List<string> open = [.. order.Where(group => shares[group] < sizes[group])];
            int share = left / open.Count;
            foreach (string group in share == 0 ? open.Take(left) : open)
            {
                int given = Math.Min(Math.Max(share, 1), sizes[group] - shares[group]);
                shares[group] += given;
                left -= given;
            }
        }

        return shares;
    }

    /// <summary>Selects over groups; the rows come in the order of the seeded permutation of all candidates.</summary>
    /// <param name="candidates">At least <paramref name="size"/> of them.</param>
    /// <param name="groupOf">The group of a candidate.</param>
    /// <param name="size">How many to select.</param>
    /// <param name="draws">The draws of this selection.</param>
    public static IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, Func<Candidate, string> groupOf, int size, Draws draws)
    {
        Dictionary<string, int> sizes = candidates.GroupBy(groupOf, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        List<string> order = [.. draws.Permute(sizes.Keys, name => "group:" + name)];
        Dictionary<string, int> left = Allocate(sizes, size, order);
        List<string> selected = [];
        foreach (Candidate candidate in draws.Permute(candidates))
        {
            string group = groupOf(candidate);
            if (left[group] > 0)
            {
                left[group]--;
                selected.Add(candidate.Id);
            }
        }

        return selected;
    }
}
