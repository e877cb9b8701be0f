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
        var n = levels.PointCount;
        if (n == 0)
            return new CondensedTree([], [], []);

        // For every node: the cluster that it is part of, and the height at which it left that cluster (NaN: it carries it on).
        var cluster = new int[levels.NodeCount];
        var left = new double[levels.NodeCount];
        var drafts = new List<Draft> { new(-1, double.PositiveInfinity, n) };
        left[^1] = n == 1 ? double.PositiveInfinity : double.NaN;
        var big = new List<int>();
        for (var node = levels.NodeCount - 1; node >= n; node--)
        {
            var height = double.IsNaN(left[node]) ? levels.Height(node) : left[node];
            big.Clear();
            foreach (var child in levels.Children(node))
            {
                cluster[child] = cluster[node];
                left[child] = height;
                if (double.IsNaN(left[node]) && levels.Size(child) >= minClusterSize)
                    big.Add(child);
            }

            if (!double.IsNaN(left[node]))
                continue;

            var current = drafts[cluster[node]];
            var leaving = levels.Size(node) - (big.Count == 1 ? levels.Size(big[0]) : 0);
            current.MaxLambda = Lambda(height);
            current.Stability += (current.MaxLambda - current.BirthLambda) * leaving;
            foreach (var child in big)
            {
                left[child] = double.NaN;
                if (big.Count == 1)
                    continue;
                cluster[child] = drafts.Count;
                drafts.Add(new Draft(cluster[node], height, levels.Size(child)));
            }
        }

        return Number(drafts, cluster.AsSpan(0, n), left.AsSpan(0, n).ToArray());
    }

    /// <summary>Numbers the clusters by descending birth height, then by smallest row, so that the scan's order leaves no trace.</summary>
    private static CondensedTree Number(List<Draft> drafts, ReadOnlySpan<int> cluster, double[] left)
    {
        for (var point = cluster.Length - 1; point >= 0; point--)
        {
            for (var c = cluster[point]; c >= 0; c = drafts[c].Parent)
                drafts[c].SmallestRow = point;
        }

        var order = Enumerable.Range(0, drafts.Count).OrderByDescending(c => drafts[c].BirthHeight).ThenBy(c => drafts[c].SmallestRow).ToArray();
        var rank = new int[drafts.Count];
        for (var i = 0; i < order.Length; i++)
            rank[order[i]] = i;
        var clusters = order.Select(c => drafts[c]).Select(draft => new CondensedCluster(
            draft.Parent < 0 ? -1 : rank[draft.Parent], draft.BirthHeight, draft.BirthLambda, draft.Size, draft.MaxLambda, draft.Stability)).ToArray();
        var owners = new int[cluster.Length];
        for (var i = 0; i < owners.Length; i++)
            owners[i] = rank[cluster[i]];
        return new CondensedTree(clusters, owners, left);
    }
}
