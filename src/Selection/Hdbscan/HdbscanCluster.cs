namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>One cluster of the flat result.</summary>
/// <param name="TreeIndex">Its index in <see cref="CondensedTree.Clusters"/>.</param>
/// <param name="Size">Number of points labelled with it.</param>
/// <param name="Stability">Its stability in the tree; may be infinite where copies of a point are.</param>
/// <param name="Persistence">Stability over (size times the largest lambda of the whole tree), 1 when that lambda is infinite.</param>
public sealed record HdbscanCluster(int TreeIndex, int Size, double Stability, double Persistence);
