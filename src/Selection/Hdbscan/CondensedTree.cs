namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>The hierarchy of clusters of at least the minimum size, and where each point leaves it.</summary>
/// <param name="Clusters">The root first, the others by descending birth height, then by smallest row. Parents come before children.</param>
/// <param name="PointClusters">[n] index of the cluster that the point leaves last.</param>
/// <param name="PointHeights">[n] height at which it leaves. Its lambda is the reciprocal, infinite at height 0.</param>
public sealed record CondensedTree(IReadOnlyList<CondensedCluster> Clusters, IReadOnlyList<int> PointClusters, IReadOnlyList<double> PointHeights);
