namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>Labels, probabilities and persistence for the chosen clusters.</summary>
internal static class ClusterLabeller
{
    public static HdbscanResult Label(CondensedTree tree, bool[] selected, SpanningTree spanning, HdbscanOptions options)
    {
        IReadOnlyList<CondensedCluster> clusters = tree.Clusters;
        int[] owner = new int[clusters.Count]; // the selected cluster at or above, or -1
        for (int c = 0; c < owner.Length; c++)
        {
            owner[c] = selected[c] ? c : clusters[c].Parent < 0 ? -1 : owner[clusters[c].Parent];
        }

        int n = tree.PointClusters.Count;
        int[] labels = new int[n];
        double[] probabilities = new double[n];
        int[] labelOf = new int[clusters.Count];
        Array.Fill(labelOf, -1);
        List<int> chosen = new();
        List<int> sizes = new();
        for (int i = 0; i < n; i++)
        {
            int c = owner[tree.PointClusters[i]];
            labels[i] = -1;
            if (c < 0 || (c == 0 && !StaysInRoot(clusters[0], tree.PointHeights[i], options.ClusterSelectionEpsilon)))
            {
                continue;
            }

            if (labelOf[c] < 0)
            {
                labelOf[c] = chosen.Count;
                chosen.Add(c);
                sizes.Add(0);
            }

            labels[i] = labelOf[c];
            sizes[labels[i]]++;
            probabilities[i] = Probability(TreeCondenser.Lambda(tree.PointHeights[i]), clusters[c].MaxLambda);
        }

        double largest = clusters.Count == 0 ? 0 : clusters.Max(cluster => cluster.MaxLambda);
        HdbscanCluster[] flat = chosen.Select((c, label) => new HdbscanCluster(c, sizes[label], clusters[c].Stability,
            double.IsInfinity(largest) ? 1 : clusters[c].Stability / (sizes[label] * largest))).ToArray();
        return new HdbscanResult(labels, probabilities, flat, spanning.Edges.Select(edge => edge.Weight).ToArray(), spanning.CoreDistances, tree);
    }

    /// <summary>A selected root keeps the points of its last level, or with epsilon those that leave at or below it.</summary>
    private static bool StaysInRoot(CondensedCluster root, double height, double epsilon) =>
        epsilon > 0 ? height <= epsilon : TreeCondenser.Lambda(height) >= root.MaxLambda;

    private static double Probability(double lambda, double max) =>
        double.IsInfinity(lambda) ? 1 : Math.Min(lambda, max) / max;
}
