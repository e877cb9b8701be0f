namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>From the tree of level sets to clusters of at least the minimum size.</summary>
internal static class TreeCondenser
{
    private sealed class Draft(int parent, double birthHeight, int size)
    {
        public int Parent { get; } = parent;

        public double BirthHeight { get; } = birthHeight;

        public double BirthLambda { get; } = Lambda(birthHeight);

        public int Size { get; } = size;

        public int SmallestRow { get; set; } = int.MaxValue;

        public double MaxLambda { get; set; }

        public double Stability { get; set; }
    }

    /// <summary>The reciprocal of a height, infinite at 0.</summary>
    public static double Lambda(double height) => height == 0 ? double.PositiveInfinity : 1 / height;

    public static CondensedTree Condense(LevelTree levels, int minClusterSize)
    {
        int n = levels.PointCount;
        if (n == 0)
        {
            return new CondensedTree([], [], []);
        }

        // For every node: the cluster that it is part of, and the height at which it left that cluster (NaN: it carries it on).
        int[] cluster = new int[levels.NodeCount];
        double[] left = new double[levels.NodeCount];
        List<Draft> drafts = new() { new(-1, double.PositiveInfinity, n) };
        left[^1] = n == 1 ? double.PositiveInfinity : double.NaN;
        List<int> big = new();
        for (int node = levels.NodeCount - 1; node >= n; node--)
        {
            double height = double.IsNaN(left[node]) ? levels.Height(node) : left[node];
            big.Clear();
            foreach (int child in levels.Children(node))
            {
                cluster[child] = cluster[node];
                left[child] = height;
                if (double.IsNaN(left[node]) && levels.Size(child) >= minClusterSize)
                {
                    big.Add(child);
                }
            }

            if (!double.IsNaN(left[node]))
            {
                continue;
            }

            Draft current = drafts[cluster[node]];
            int leaving = levels.Size(node) - (big.Count == 1 ? levels.Size(big[0]) : 0);
            current.MaxLambda = Lambda(height);
            current.Stability += (current.MaxLambda - current.BirthLambda) * leaving;
            foreach (int child in big)
            {
                left[child] = double.NaN;
                if (big.Count == 1)
                {
                    continue;
                }

                cluster[child] = drafts.Count;
                drafts.Add(new Draft(cluster[node], height, levels.Size(child)));
            }
        }

        return Number(drafts, cluster.AsSpan(0, n), left.AsSpan(0, n).ToArray());
    }

    /// <summary>Numbers the clusters by descending birth height, then by smallest row, so that the scan's order leaves no trace.</summary>
    private static CondensedTree Number(List<Draft> drafts, ReadOnlySpan<int> cluster, double[] left)
    {
        for (int point = cluster.Length - 1; point >= 0; point--)
        {
            for (int c = cluster[point]; c >= 0; c = drafts[c].Parent)
            {
                drafts[c].SmallestRow = point;
            }
        }

        int[] order = Enumerable.Range(0, drafts.Count).OrderByDescending(c => drafts[c].BirthHeight).ThenBy(c => drafts[c].SmallestRow).ToArray();
        int[] rank = new int[drafts.Count];
        for (int i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        CondensedCluster[] clusters = order.Select(c => drafts[c]).Select(draft => new CondensedCluster(
            draft.Parent < 0 ? -1 : rank[draft.Parent], draft.BirthHeight, draft.BirthLambda, draft.Size, draft.MaxLambda, draft.Stability)).ToArray();
        int[] owners = new int[cluster.Length];
        for (int i = 0; i < owners.Length; i++)
        {
            owners[i] = rank[cluster[i]];
        }

        return new CondensedTree(clusters, owners, left);
    }
}
