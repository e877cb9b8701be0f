namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>
/// A growing subset of a minimum spanning tree (Boruvka). An edge is added only when it is a lightest one out of a component;
/// with equal weights, edges that would close a cycle are left out, which keeps the rest minimal.
/// </summary>
internal sealed class SpanningForest(int n)
{
    private readonly DisjointSets _sets = new(n);

    public List<WeightedEdge> Edges { get; } = new(Math.Max(0, n - 1));

    public int ComponentCount => n - Edges.Count;

    public int Find(int point) => _sets.Find(point);

    public void Add(WeightedEdge edge)
    {
        if (_sets.Union(edge.A, edge.B))
        {
            Edges.Add(edge);
        }
    }

    /// <summary>
    /// Adds all edges that the neighbour lists prove: a component's lightest listed edge is its lightest one at all
    /// unless an unlisted edge of some member could be lighter.
    /// </summary>
    public void GrowFromLists(NeighbourLists lists)
    {
        int[] next = new int[n];
        WeightedEdge[] best = new WeightedEdge[n];
        double[] reach = new double[n];
        for (int before = -1; before != Edges.Count && ComponentCount > 1;)
        {
            before = Edges.Count;
            Array.Fill(best, new WeightedEdge(0, 0, double.PositiveInfinity));
            Array.Fill(reach, double.PositiveInfinity);
            for (int i = 0; i < n; i++)
            {
                int root = Find(i);
                reach[root] = Math.Min(reach[root], lists.Reach[i]);
                ReadOnlySpan<int> indices = lists.Indices(i);
                while (next[i] < indices.Length && Find(indices[next[i]]) == root)
                {
                    next[i]++;
                }

                if (next[i] < indices.Length && lists.Weights(i)[next[i]] < best[root].Weight)
                {
                    best[root] = new WeightedEdge(i, indices[next[i]], lists.Weights(i)[next[i]]);
                }
            }

            for (int i = 0; i < n; i++)
            {
                if (best[i].A != best[i].B && best[i].Weight <= reach[i])
                {
                    Add(best[i]);
                }
            }
        }
    }

    /// <summary>Numbers the components by first occurrence: [n] component of each point.</summary>
    public int[] Components()
    {
        int[] numbers = new int[n];
        int[] components = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            int root = Find(i);
            if (numbers[root] == 0)
            {
                numbers[root] = ++count;
            }

            components[i] = numbers[root] - 1;
        }

        return components;
    }
}
