namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>
/// Exact HDBSCAN* (Campello, Moulavi, Sander, PAKDD 2013; Campello et al., TKDD 10(1), 2015) with Euclidean distances.
/// Edges of equal weight are removed at once, as the paper asks, so that ties leave no trace of the order of rows:
/// a point tied to two clusters at the same height belongs to neither.
/// </summary>
public static class HdbscanClusterer
{
    /// <summary>Coordinates beyond this would overflow when squared and summed.</summary>
    private const double LargestCoordinate = 1e150;

    /// <summary>Clusters <paramref name="n"/> rows of <paramref name="d"/> columns.</summary>
    /// <param name="points">[n, d] row after row, finite, absolute values up to 1e150.</param>
    /// <param name="n">Number of rows, 0 or more.</param>
    /// <param name="d">Number of columns, at least 1.</param>
    /// <param name="options">Parameters.</param>
    /// <param name="threads">Threads to use, at least 1. Never changes the result.</param>
    /// <exception cref="ArgumentException">The array is not n times d long, or holds a value that is not finite or too large.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option or a size is out of range.</exception>
    public static HdbscanResult Fit(ReadOnlySpan<double> points, int n, int d, HdbscanOptions options, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfLessThan(d, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (points.Length != (long)n * d)
        {
            throw new ArgumentException($"{n} rows of {d} columns need {(long)n * d} numbers, not {points.Length}.", nameof(points));
        }

        foreach (double value in points)
        {
            if (!(Math.Abs(value) <= LargestCoordinate))
            {
                throw new ArgumentException($"{value} is not a finite coordinate up to {LargestCoordinate}.", nameof(points));
            }
        }

        SpanningTree spanning = n < 2 ? SpanningTree.Empty(n) : SpanningTree.Build(new PointSet(points, n, d), options.NeighbourFor(n), threads);
        CondensedTree tree = TreeCondenser.Condense(LevelTree.Build(spanning, n), options.MinClusterSize);
        bool[] selected = ClusterSelector.Select(tree, options);
        return ClusterLabeller.Label(tree, selected, spanning, options);
    }

    /// <summary>As the other overload; every number is widened to float64, which is exact.</summary>
    /// <inheritdoc cref="Fit(ReadOnlySpan{double}, int, int, HdbscanOptions, int)"/>
    public static HdbscanResult Fit(ReadOnlySpan<float> points, int n, int d, HdbscanOptions options, int threads = 1)
    {
        double[] wide = new double[points.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = points[i];
        }

        return Fit(wide, n, d, options, threads);
    }
}
