namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>A minimum spanning tree of the mutual reachability distances, and the core distances. Ties are broken at will.</summary>
/// <param name="Edges">n - 1 edges by ascending weight.</param>
/// <param name="CoreDistances">[n] distance to the k-th nearest other point.</param>
internal sealed record SpanningTree(IReadOnlyList<WeightedEdge> Edges, double[] CoreDistances)
{
    /// <summary>The tree of no point, or of one, whose core distance is 0.</summary>
    public static SpanningTree Empty(int n) => new([], new double[n]);

    public static SpanningTree Build(PointSet points, int k, int threads)
    {
        var n = points.Count;
        var core = new double[n];
        var row = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                row[j] = j == i ? -1 : points.Distance(i, j);
            Array.Sort(row);
            core[i] = row[k];
        }
        var edges = new List<WeightedEdge>();
        var best = new double[n];
        var from = new int[n];
        var done = new bool[n];
        Array.Fill(best, double.PositiveInfinity);
        var cur = 0;
        done[0] = true;
        for (var step = 1; step < n; step++)
        {
            var next = -1;
            for (var j = 0; j < n; j++)
            {
                if (done[j])
                    continue;
                var w = Math.Max(Math.Max(core[cur], core[j]), points.Distance(cur, j));
                if (w < best[j])
                {
                    best[j] = w;
                    from[j] = cur;
                }
                if (next < 0 || best[j] < best[next])
                    next = j;
            }
            edges.Add(new WeightedEdge(from[next], next, best[next]));
            done[next] = true;
            cur = next;
        }
        edges.Sort((x, y) => x.Weight.CompareTo(y.Weight));
        return new SpanningTree(edges, core);
    }
}
