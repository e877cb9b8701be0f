namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>A minimum spanning tree of the mutual reachability distances, and the core distances. Ties are broken at will.</summary>
/// <param name="Edges">n - 1 edges by ascending weight.</param>
/// <param name="CoreDistances">[n] distance to the k-th nearest other point.</param>
internal sealed record SpanningTree(IReadOnlyList<WeightedEdge> Edges, double[] CoreDistances)
{
    /// <summary>Up to this many components, a table of all pairs (30 MB) is kept and one sweep over half of all pairs of points ends the search.</summary>
    private const int LargestTable = 1024;

    /// <summary>The tree of no point, or of one, whose core distance is 0.</summary>
    public static SpanningTree Empty(int n) => new([], new double[n]);

    /// <summary>Builds the tree from exact neighbour lists, then by searching between the components that remain.</summary>
    /// <param name="points">At least two points.</param>
    /// <param name="k">The neighbour that makes the core distance, 1 to n - 1.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="largestTable">Most components for the table of pairs.</param>
    public static SpanningTree Build(PointSet points, int k, int threads, int largestTable = LargestTable)
    {
        DistanceScreen screen = new(points);
        NeighbourLists lists = NeighbourLists.Find(points, screen, k, threads);
        SpanningForest forest = new(points.Count);
        forest.GrowFromLists(lists);
        while (forest.ComponentCount > 1)
        {
            if (forest.ComponentCount <= largestTable)
            {
                JoinByPairs(points, screen, lists, forest, threads);
            }
            else
            {
                JoinNearest(points, screen, lists, forest, threads);
            }
        }

        forest.Edges.Sort((x, y) => x.Weight.CompareTo(y.Weight));
        return new SpanningTree(forest.Edges, lists.Core);
    }

    private static double Weight(PointSet points, NeighbourLists lists, int a, int b) =>
        Math.Max(points.Distance(a, b), Math.Max(lists.Core[a], lists.Core[b]));

    /// <summary>Finds the lightest useful edge between every two components; ends with a single component.</summary>
    private static void JoinByPairs(PointSet points, DistanceScreen screen, NeighbourLists lists, SpanningForest forest, int threads)
    {
        int[] components = forest.Components();
        PairTable table = new(components, forest.ComponentCount, lists, screen);
        double[] largest = Enumerable.Range(0, forest.ComponentCount).Select(table.LargestLimit).ToArray();
        int[] order = Enumerable.Range(0, points.Count).Where(i => lists.Reach[i] < largest[components[i]]).OrderBy(i => components[i]).ToArray();
        new TileSweep(screen, order, components).Run(order.Length, half: true, threads, table.Threshold, (a, b) =>
        {
            double limit = table.Limit(components[a], components[b]);
            if (lists.Core[a] >= limit || lists.Core[b] >= limit)
            {
                return;
            }

            double weight = Weight(points, lists, a, b);
            if (weight < limit)
            {
                table.Offer(components[a], components[b], new WeightedEdge(a, b, weight));
            }
        });
        foreach (WeightedEdge edge in table.Edges())
        {
            forest.Add(edge);
        }
    }

    /// <summary>One round of Boruvka: the lightest edge out of every component but the largest. At least halves their number.</summary>
    private static void JoinNearest(PointSet points, DistanceScreen screen, NeighbourLists lists, SpanningForest forest, int threads)
    {
        int[] components = forest.Components();
        NearestTable nearest = new(components, forest.ComponentCount, lists, screen);
        int[] searching = Enumerable.Range(0, points.Count)
            .Where(i => components[i] != nearest.Largest && lists.Reach[i] < nearest.Limit(components[i])).OrderBy(i => components[i]).ToArray();
        HashSet<int> chosen = searching.ToHashSet();
        int[] order = [.. searching, .. Enumerable.Range(0, points.Count).Where(i => !chosen.Contains(i)).OrderBy(i => components[i])];
        new TileSweep(screen, order, components).Run(searching.Length, half: false, threads, (a, _) => nearest.Threshold(a), (a, b) =>
        {
            double limit = nearest.Limit(components[a]);
            if (lists.Core[a] >= limit || lists.Core[b] >= limit)
            {
                return;
            }

            double weight = Weight(points, lists, a, b);
            if (weight < limit)
            {
                nearest.Offer(components[a], new WeightedEdge(a, b, weight));
            }
        });
        foreach (WeightedEdge edge in nearest.Edges())
        {
            forest.Add(edge);
        }
    }
}
