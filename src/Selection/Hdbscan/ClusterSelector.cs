namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>Chooses disjoint clusters of the condensed tree.</summary>
internal static class ClusterSelector
{
    /// <summary>For every cluster of the tree whether it is in the flat result.</summary>
    public static bool[] Select(CondensedTree tree, HdbscanOptions options)
    {
        IReadOnlyList<CondensedCluster> clusters = tree.Clusters;
        if (clusters.Count == 0 || clusters[0].Size < options.MinClusterSize)
        {
            return new bool[clusters.Count];
        }

        bool[] selected = options.Method == ClusterSelectionMethod.Leaf ? Leaves(clusters) : ExcessOfMass(clusters, options.AllowSingleCluster);
        if (options.ClusterSelectionEpsilon > 0 && !selected[0])
        {
            selected = Lift(clusters, selected, options);
        }

        return selected;
    }

    private static bool[] Leaves(IReadOnlyList<CondensedCluster> clusters)
    {
        bool[] leaf = new bool[clusters.Count];
        for (int c = 1; c < leaf.Length; c++)
        {
            leaf[c] = true;
            leaf[clusters[c].Parent] = false;
        }

        return leaf;
    }

    /// <summary>A cluster wins against its descendants unless their values add up to more. Values are added smallest first: order-free.</summary>
    private static bool[] ExcessOfMass(IReadOnlyList<CondensedCluster> clusters, bool allowRoot)
    {
        List<double>?[] childValues = new List<double>?[clusters.Count];
        bool[] wins = new bool[clusters.Count];
        for (int c = clusters.Count - 1; c >= (allowRoot ? 0 : 1); c--)
        {
            double value = clusters[c].Stability;
            wins[c] = true;
            if (childValues[c] is { } values)
            {
                values.Sort();
                double sum = 0.0;
                foreach (double child in values)
                {
                    sum += child;
                }

                wins[c] = !(sum > value);
                value = wins[c] ? value : sum;
            }

            if (c > 0)
            {
                (childValues[clusters[c].Parent] ??= []).Add(value);
            }
        }

        return Outermost(clusters, wins);
    }

    private static bool[] Lift(IReadOnlyList<CondensedCluster> clusters, bool[] selected, HdbscanOptions options)
    {
        bool[] lifted = new bool[clusters.Count];
        for (int c = 1; c < lifted.Length; c++)
        {
            if (!selected[c])
            {
                continue;
            }

            int target = c;
            if (clusters[c].BirthHeight < options.ClusterSelectionEpsilon)
            {
                do
                {
                    if (clusters[target].Parent == 0 && !options.AllowSingleCluster)
                    {
                        break;
                    }

                    target = clusters[target].Parent;
                }
                while (!(clusters[target].BirthHeight > options.ClusterSelectionEpsilon));
            }

            lifted[target] = true;
        }

        return Outermost(clusters, lifted);
    }

    /// <summary>Drops whatever lies inside another chosen cluster.</summary>
    private static bool[] Outermost(IReadOnlyList<CondensedCluster> clusters, bool[] chosen)
    {
        bool[] kept = new bool[chosen.Length];
        bool[] covered = new bool[chosen.Length];
        for (int c = 0; c < chosen.Length; c++)
        {
            bool inside = clusters[c].Parent >= 0 && covered[clusters[c].Parent];
            kept[c] = chosen[c] && !inside;
            covered[c] = chosen[c] || inside;
        }

        return kept;
    }
}
