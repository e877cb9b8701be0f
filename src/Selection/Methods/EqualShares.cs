using System.Runtime.InteropServices;

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
    /// <param name="order">All groups, in the order in which remainders are distributed.</param>
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
    /// <param name="subgroupOf">The part of its group that a candidate is in, over which a group's share is spread in the same way; null for none.</param>
    public static IReadOnlyList<string> Select(
        IReadOnlyList<Candidate> candidates, Func<Candidate, string> groupOf, int size, Draws draws, Func<Candidate, string>? subgroupOf = null)
    {
        Placed[] placed = [.. candidates.Select(candidate => new Placed(candidate.Id, groupOf(candidate), subgroupOf?.Invoke(candidate) ?? ""))];
        Dictionary<string, int> shares = Shares(placed, row => row.Group, size, draws, "group:");
        Dictionary<(string, string), int> left = [];
        foreach (IGrouping<string, Placed> group in placed.GroupBy(row => row.Group, StringComparer.Ordinal))
        {
            foreach ((string subgroup, int share) in Shares(group, row => row.Subgroup, shares[group.Key], draws, $"group:{group.Key}:"))
            {
                left.Add((group.Key, subgroup), share);
            }
        }

        List<string> selected = [];
        foreach (Placed row in draws.Permute(placed, row => row.Id))
        {
            if (left[(row.Group, row.Subgroup)] > 0)
            {
                left[(row.Group, row.Subgroup)]--;
                selected.Add(row.Id);
            }
        }

        return selected;
    }

    private static Dictionary<string, int> Shares(IEnumerable<Placed> rows, Func<Placed, string> groupOf, int size, Draws draws, string prefix)
    {
        Dictionary<string, int> sizes = new(StringComparer.Ordinal);
        foreach (Placed row in rows)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sizes, groupOf(row), out _)++;
        }

        return Allocate(sizes, size, [.. draws.Permute(sizes.Keys, name => prefix + name)]);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Placed(string Id, string Group, string Subgroup);
}
