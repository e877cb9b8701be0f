namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>
/// For every two components the lightest edge known between them, and a limit: an edge between them at or above it cannot improve
/// the spanning tree, because they are joined by edges that are no heavier. Safe for concurrent use.
/// </summary>
internal sealed class PairTable
{
    private readonly Lock _lock = new();
    private readonly DistanceScreen _screen;
    private readonly int _count;
    private readonly WeightedEdge[] _best;
    private readonly double[] _limits;
    private readonly float[] _thresholds;

    public PairTable(int[] components, int count, NeighbourLists lists, DistanceScreen screen)
    {
        _screen = screen;
        _count = count;
        _best = new WeightedEdge[count * count];
        _limits = new double[count * count];
        _thresholds = new float[count * count];
        Array.Fill(_best, new WeightedEdge(0, 0, double.PositiveInfinity));
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<int> indices = lists.Indices(i);
            for (int j = 0; j < indices.Length; j++)
            {
                Keep(components[i], components[indices[j]], new WeightedEdge(i, indices[j], lists.Weights(i)[j]));
            }
        }

        FindLimits();
    }

    /// <summary>The bound below which an edge between two components may still be wanted; minus infinity for one and the same.</summary>
    public float Threshold(int a, int b) => _thresholds[(a * _count) + b];

    /// <summary>The weight below which an edge between two components is wanted.</summary>
    public double Limit(int a, int b) => Volatile.Read(ref _limits[(a * _count) + b]);

    /// <summary>The largest limit of a component to any other.</summary>
    public double LargestLimit(int a) => _limits.AsSpan(a * _count, _count).ToArray().Max();

    public void Offer(int a, int b, WeightedEdge edge)
    {
        lock (_lock)
        {
            if (!(edge.Weight < _limits[(a * _count) + b]))
            {
                return;
            }

            Keep(a, b, edge);
            SetLimit(a, b, edge.Weight);
        }
    }

    /// <summary>All edges kept, by ascending weight.</summary>
    public List<WeightedEdge> Edges()
    {
        List<WeightedEdge> edges = _best.Where(edge => edge.A != edge.B).ToList();
        edges.Sort((x, y) => x.Weight.CompareTo(y.Weight));
        return edges;
    }

    private void Keep(int a, int b, WeightedEdge edge)
    {
        int at = (Math.Min(a, b) * _count) + Math.Max(a, b);
        if (a != b && edge.Weight < _best[at].Weight)
        {
            _best[at] = edge;
        }
    }

    private void SetLimit(int a, int b, double weight)
    {
        _limits[(a * _count) + b] = _limits[(b * _count) + a] = weight;
        _thresholds[(a * _count) + b] = _thresholds[(b * _count) + a] = _screen.HeightThreshold(weight);
    }

    /// <summary>The limit is the heaviest edge on the path between both in a spanning forest of the listed edges, found by merging as Kruskal does.</summary>
    private void FindLimits()
    {
        Array.Fill(_limits, double.PositiveInfinity);
        Array.Fill(_thresholds, float.PositiveInfinity);
        for (int a = 0; a < _count; a++)
        {
            SetLimit(a, a, double.NegativeInfinity);
        }

        List<int>[] members = new List<int>[_count];
        for (int a = 0; a < _count; a++)
        {
            members[a] = [a];
        }

        int[] of = new int[_count];
        for (int a = 0; a < _count; a++)
        {
            of[a] = a;
        }

        int[] pairs = Enumerable.Range(0, _best.Length).Where(at => _best[at].A != _best[at].B).ToArray();
        Array.Sort(pairs, (x, y) => _best[x].Weight.CompareTo(_best[y].Weight));
        foreach (int at in pairs)
        {
            (int left, int right) = (of[at / _count], of[at % _count]);
            if (left == right)
            {
                continue;
            }

            if (members[left].Count < members[right].Count)
            {
                (left, right) = (right, left);
            }

            foreach (int a in members[left])
            {
                foreach (int b in members[right])
                {
                    SetLimit(a, b, _best[at].Weight);
                }
            }

            foreach (int b in members[right])
            {
                of[b] = left;
            }

            members[left].AddRange(members[right]);
        }
    }
}
