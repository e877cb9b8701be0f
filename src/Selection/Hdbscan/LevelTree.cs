namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>
/// The tree of level sets: a node wherever components become one at a height, with all of them as children.
/// Ids 0 to n - 1 are the points, later ids the nodes by ascending height; the last one is the top.
/// </summary>
internal sealed class LevelTree
{
    private readonly List<int> _children = [];
    private readonly List<int> _starts = [0];
    private readonly List<double> _heights = [];
    private readonly List<int> _sizes = [];

    private LevelTree(int n) => PointCount = n;

    public int PointCount { get; }

    public int NodeCount => PointCount + _heights.Count;

    public double Height(int node) => _heights[node - PointCount];

    public int Size(int node) => node < PointCount ? 1 : _sizes[node - PointCount];

    public IEnumerable<int> Children(int node)
    {
        for (int i = _starts[node - PointCount]; i < _starts[node - PointCount + 1]; i++)
        {
            yield return _children[i];
        }
    }

    /// <summary>Unites all edges of exactly equal weight in one batch. Any minimum spanning tree gives the same nodes.</summary>
    public static LevelTree Build(SpanningTree spanning, int n)
    {
        LevelTree tree = new(n);
        DisjointSets sets = new(n);
        int[] nodeOf = new int[n];
        for (int i = 0; i < n; i++)
        {
            nodeOf[i] = i;
        }

        IReadOnlyList<WeightedEdge> edges = spanning.Edges;
        List<int> roots = new();
        for (int start = 0; start < edges.Count;)
        {
            int end = start;
            roots.Clear();
            while (end < edges.Count && edges[end].Weight == edges[start].Weight)
            {
                roots.Add(sets.Find(edges[end].A));
                roots.Add(sets.Find(edges[end].B));
                end++;
            }

            for (int i = start; i < end; i++)
            {
                sets.Union(edges[i].A, edges[i].B);
            }

            tree.AddLevel(roots, sets, nodeOf, edges[start].Weight);
            start = end;
        }

        return tree;
    }

    private void AddLevel(List<int> roots, DisjointSets sets, int[] nodeOf, double height)
    {
        List<(int Merged, int Node)> members = roots.Distinct().Select(root => (Merged: sets.Find(root), Node: nodeOf[root])).Order().ToList();
        for (int i = 0; i < members.Count;)
        {
            int merged = members[i].Merged;
            int size = 0;
            for (; i < members.Count && members[i].Merged == merged; i++)
            {
                _children.Add(members[i].Node);
                size += Size(members[i].Node);
            }

            nodeOf[merged] = NodeCount;
            _starts.Add(_children.Count);
            _heights.Add(height);
            _sizes.Add(size);
        }
    }
}
