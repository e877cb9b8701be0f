namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>
/// What HDBSCAN* found in n points. All of it but the numbering of labels and tree clusters depends on the set of points alone,
/// to the bit: not on the order of the rows, the number of threads or the processor.
/// </summary>
/// <param name="Labels">[n] cluster of each row, -1 for noise. Clusters are numbered by their first row.</param>
/// <param name="Probabilities">[n] strength of membership, 0 to 1; 0 for noise.</param>
/// <param name="Clusters">The clusters in the order of their labels.</param>
/// <param name="Heights">[n - 1] weights of a minimum spanning tree of mutual reachability distances, ascending.</param>
/// <param name="CoreDistances">[n] distance to the k-th nearest other point.</param>
/// <param name="Tree">The condensed tree.</param>
public sealed record HdbscanResult(
    IReadOnlyList<int> Labels,
    IReadOnlyList<double> Probabilities,
    IReadOnlyList<HdbscanCluster> Clusters,
    IReadOnlyList<double> Heights,
    IReadOnlyList<double> CoreDistances,
    CondensedTree Tree);
