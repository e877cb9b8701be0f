using NaturalThoughts.Selection.Hdbscan;

namespace NaturalThoughts.Selection.Tests.Hdbscan;

/// <summary>
/// HDBSCAN* straight from the definition (Fixtures/hdbscan/README.md, section 4), for a few hundred points: no spanning tree,
/// the components of each level come from searches of the graph.
/// </summary>
internal sealed class HdbscanReference
{
    private readonly double[,] _weights;
    private readonly HdbscanOptions _options;
    private readonly List<Cluster> _clusters = [];
    private readonly Cluster[] _left;
    private readonly double[] _leftHeight;

    private HdbscanReference(double[,] distances, HdbscanOptions options)
    {
        _options = options;
        int n = distances.GetLength(0);
        int k = Math.Clamp(options.MinSamples ?? options.MinClusterSize, 1, n - 1);
        Core = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Where(j => j != i).Select(j => distances[i, j]).Order().ElementAt(k - 1))];
        _weights = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                _weights[i, j] = Math.Max(distances[i, j], Math.Max(Core[i], Core[j]));
            }
        }

        _left = new Cluster[n];
        _leftHeight = new double[n];
        Cluster root = new(null, double.PositiveInfinity, [.. Enumerable.Range(0, n)]);
        _clusters.Add(root);
        Descend(root, root.Members);
        Labels = new int[n];
        Probabilities = new double[n];
        Label([.. Select()]);
    }

    public double[] Core { get; }

    public int[] Labels { get; }

    public double[] Probabilities { get; }

    public List<double> Heights { get; } = [];

    public IEnumerable<double> Stabilities => _clusters.Select(cluster => cluster.Stability);

    public static HdbscanReference Fit(double[] points, int n, int d, HdbscanOptions options)
    {
        double[,] distances = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                distances[i, j] = Math.Sqrt(
                    Enumerable.Range(0, d).Sum(c => (points[(i * d) + c] - points[(j * d) + c]) * (points[(i * d) + c] - points[(j * d) + c])));
            }
        }

        return new HdbscanReference(distances, options);
    }

    private static double Lambda(double height) => height == 0 ? double.PositiveInfinity : 1 / height;

    /// <summary>The smallest height at which the members are connected.</summary>
    private double NodeHeight(List<int> members)
    {
        List<double> heights = members.SelectMany(i => members.Where(j => j > i).Select(j => _weights[i, j])).Distinct().Order().ToList();
        (int low, int high) = (0, heights.Count - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Components(members, weight => weight <= heights[middle]).Count == 1)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return heights[low];
    }

    private List<List<int>> Components(List<int> members, Func<double, bool> joins)
    {
        HashSet<int> rest = members.ToHashSet();
        List<List<int>> components = new();
        while (rest.Count > 0)
        {
            List<int> component = new() { rest.First() };
            rest.Remove(component[0]);
            for (int at = 0; at < component.Count; at++)
            {
                foreach (int next in rest.Where(j => joins(_weights[component[at], j])).ToList())
                {
                    component.Add(next);
                    rest.Remove(next);
                }
            }

            components.Add(component);
        }

        return components;
    }

    private void Descend(Cluster? cluster, List<int> members)
    {
        if (members.Count == 1)
        {
            return;
        }

        double height = NodeHeight(members);
        List<List<int>> children = Components(members, weight => weight < height);
        Heights.AddRange(Enumerable.Repeat(height, children.Count - 1));
        List<List<int>> big = children.Where(child => child.Count >= _options.MinClusterSize).ToList();
        foreach (List<int> child in children)
        {
            if (cluster is null)
            {
                Descend(null, child);
                continue;
            }

            bool lives = child.Count >= _options.MinClusterSize;
            if (!lives || big.Count > 1)
            {
                cluster.MaxLambda = Math.Max(cluster.MaxLambda, Lambda(height));
                cluster.Stability += (Lambda(height) - Lambda(cluster.BirthHeight)) * child.Count;
            }

            if (!lives)
            {
                foreach (int point in child)
                {
                    (_left[point], _leftHeight[point]) = (cluster, height);
                }

                Descend(null, child);
            }
            else if (big.Count == 1)
            {
                Descend(cluster, child);
            }
            else
            {
                Cluster born = new(cluster, height, child);
                cluster.Children.Add(born);
                _clusters.Add(born);
                Descend(born, child);
            }
        }
    }

    private HashSet<Cluster> Select()
    {
        Cluster root = _clusters[0];
        if (root.Members.Count < _options.MinClusterSize)
        {
            return [];
        }

        HashSet<Cluster> selected = _options.Method == ClusterSelectionMethod.Leaf
            ? _clusters.Where(cluster => cluster != root && cluster.Children.Count == 0).ToHashSet()
            : Best(root).Chosen.ToHashSet();
        if (!(_options.ClusterSelectionEpsilon > 0) || selected.Contains(root))
        {
            return selected;
        }

        HashSet<Cluster> lifted = selected.Select(Lift).ToHashSet();
        return lifted.Where(cluster => !cluster.Ancestors().Any(lifted.Contains)).ToHashSet();
    }

    private (double Value, List<Cluster> Chosen) Best(Cluster cluster)
    {
        List<(double Value, List<Cluster> Chosen)> below = cluster.Children.Select(Best).OrderBy(child => child.Value).ToList();
        double sum = below.Aggregate(0.0, (total, child) => total + child.Value);
        bool banned = cluster.Parent is null && !_options.AllowSingleCluster;
        return banned || (below.Count > 0 && sum > cluster.Stability)
            ? (sum, [.. below.SelectMany(child => child.Chosen)])
            : (cluster.Stability, [cluster]);
    }

    private Cluster Lift(Cluster cluster)
    {
        if (cluster.BirthHeight >= _options.ClusterSelectionEpsilon)
        {
            return cluster;
        }

        List<Cluster> ancestors = cluster.Ancestors().Where(item => item.Parent is not null || _options.AllowSingleCluster).ToList();
        return ancestors.Find(item => item.BirthHeight > _options.ClusterSelectionEpsilon) ?? ancestors.LastOrDefault() ?? cluster;
    }

    private void Label(List<Cluster> selected)
    {
        Dictionary<Cluster, int> numbers = new();
        for (int i = 0; i < Labels.Length; i++)
        {
            Labels[i] = -1;
            Cluster? home = selected.Find(cluster => cluster == _left[i] || _left[i].Ancestors().Contains(cluster));
            double lambda = Lambda(_leftHeight[i]);
            if (home is null)
            {
                continue;
            }

            if (home.Parent is null && !(_options.ClusterSelectionEpsilon > 0 ? _leftHeight[i] <= _options.ClusterSelectionEpsilon : lambda >= home.MaxLambda))
            {
                continue;
            }

            Labels[i] = numbers.TryGetValue(home, out int number) ? number : numbers[home] = numbers.Count;
            Probabilities[i] = double.IsInfinity(lambda) ? 1 : Math.Min(lambda, home.MaxLambda) / home.MaxLambda;
        }
    }

    private sealed class Cluster(Cluster? parent, double birthHeight, List<int> members)
    {
        public Cluster? Parent { get; } = parent;

        public double BirthHeight { get; } = birthHeight;

        public List<int> Members { get; } = members;

        public List<Cluster> Children { get; } = [];

        public double MaxLambda { get; set; }

        public double Stability { get; set; }

        public IEnumerable<Cluster> Ancestors()
        {
            for (Cluster? at = Parent; at is not null; at = at.Parent)
            {
                yield return at;
            }
        }
    }
}
