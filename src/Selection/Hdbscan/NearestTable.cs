namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>The lightest edge known out of every component. Safe for concurrent use.</summary>
internal sealed class NearestTable
{
    private readonly Lock _lock = new();
    private readonly DistanceScreen _screen;
    private readonly WeightedEdge[] _best;
    private readonly double[] _limits;
    private readonly float[] _thresholds;

    public NearestTable(int[] components, int count, NeighbourLists lists, DistanceScreen screen)
    {
        _screen = screen;
        _best = new WeightedEdge[count];
        _limits = new double[count];
        _thresholds = new float[count];
        Array.Fill(_limits, double.PositiveInfinity);
        Array.Fill(_thresholds, float.PositiveInfinity);
        int[] sizes = new int[count];
        for (int i = 0; i < components.Length; i++)
        {
            sizes[components[i]]++;
            ReadOnlySpan<int> indices = lists.Indices(i);
            for (int j = 0; j < indices.Length; j++)
            {
                if (components[indices[j]] != components[i])
                {
                    Offer(components[i], new WeightedEdge(i, indices[j], lists.Weights(i)[j]));
                }
            }
        }

        Largest = Array.IndexOf(sizes, sizes.Max());
    }

    /// <summary>The component with most points; its own lightest edge is not looked for.</summary>
    public int Largest { get; }

    public float Threshold(int component) => _thresholds[component];

    public double Limit(int component) => Volatile.Read(ref _limits[component]);

    public void Offer(int component, WeightedEdge edge)
    {
        lock (_lock)
        {
            if (!(edge.Weight < _limits[component]))
            {
                return;
            }

            _best[component] = edge;
            _limits[component] = edge.Weight;
            _thresholds[component] = _screen.HeightThreshold(edge.Weight);
        }
    }

    /// <summary>The edges found, without the largest component's, whose best known edge need not be its lightest.</summary>
    public IEnumerable<WeightedEdge> Edges() => _best.Where((_, component) => component != Largest);
}
