namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>The parameters of HDBSCAN*. The metric is Euclidean, alpha is 1.</summary>
public sealed record HdbscanOptions
{
    /// <summary>Fewest points of a cluster, at least 2. Default 5.</summary>
    public int MinClusterSize { get; init; } = 5;

    /// <summary>
    /// The core distance of a point is the distance to this many-th nearest <em>other</em> point, at least 1.
    /// Null (default): <see cref="MinClusterSize"/>. More than n - 1 counts as n - 1. scikit-learn's <c>min_samples</c> is one more.
    /// </summary>
    public int? MinSamples { get; init; }

    /// <summary>How clusters are chosen. Default: excess of mass.</summary>
    public ClusterSelectionMethod Method { get; init; } = ClusterSelectionMethod.ExcessOfMass;

    /// <summary>Clusters born below this distance are replaced by an ancestor born above it. 0 (default) switches this off.</summary>
    public double ClusterSelectionEpsilon { get; init; }

    /// <summary>Whether the root (all points) may be the only cluster. Default false. The leaf method takes the root through epsilon alone.</summary>
    public bool AllowSingleCluster { get; init; }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinClusterSize, 2, nameof(MinClusterSize));
        if (MinSamples is { } samples)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1, nameof(MinSamples));
        }

        if (!(ClusterSelectionEpsilon >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(ClusterSelectionEpsilon), ClusterSelectionEpsilon, "Epsilon is a distance: 0 or more.");
        }

        if (!Enum.IsDefined(Method))
        {
            throw new ArgumentOutOfRangeException(nameof(Method), Method, "Unknown method.");
        }
    }

    /// <summary>The neighbour that makes the core distance, for n points, n at least 2.</summary>
    internal int NeighbourFor(int n) => Math.Clamp(MinSamples ?? MinClusterSize, 1, n - 1);
}
