using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Selection.Hdbscan;

namespace NaturalThoughts.Selection.Tests.Hdbscan;

/// <summary>Row orders, and results compared across them.</summary>
internal static class HdbscanData
{
    public static int[] Permutation(int n, int seed)
    {
        var random = SeededRandom.From("hdbscan order", seed.ToString(CultureInfo.InvariantCulture));
        var order = Enumerable.Range(0, n).ToArray();
        random.Shuffle(order);
        return order;
    }

    /// <summary>Row i of the answer is row order[i] of the points.</summary>
    public static double[] Permute(double[] points, int d, int[] order) =>
        [.. order.SelectMany(row => points.AsSpan(row * d, d).ToArray())];

    /// <summary>Numbers the labels by first occurrence, noise stays -1.</summary>
    public static int[] Renumber(IEnumerable<int> labels)
    {
        var numbers = new Dictionary<int, int>();
        return [.. labels.Select(label => label < 0 ? -1 : numbers.TryGetValue(label, out var known) ? known : numbers[label] = numbers.Count)];
    }

    /// <summary>Row i of <paramref name="moved"/> is row order[i] of <paramref name="plain"/>; nothing may differ by a bit.</summary>
    public static void AssertSame(HdbscanResult plain, HdbscanResult moved, int[] order)
    {
        Assert.Equal(Renumber(order.Select(row => plain.Labels[row])), moved.Labels);
        Assert.Equal(order.Select(row => plain.Probabilities[row]), moved.Probabilities);
        Assert.Equal(order.Select(row => plain.CoreDistances[row]), moved.CoreDistances);
        Assert.Equal(order.Select(row => plain.Tree.PointHeights[row]), moved.Tree.PointHeights);
        Assert.Equal(plain.Heights, moved.Heights);
        Assert.Equal(Measures(plain), Measures(moved));
        Assert.Equal(plain.Tree.Clusters.Select(cluster => cluster.Stability).Order(), moved.Tree.Clusters.Select(cluster => cluster.Stability).Order());
    }

    private static IEnumerable<(double Stability, double Persistence, int Size)> Measures(HdbscanResult result) =>
        result.Clusters.Select(cluster => (cluster.Stability, cluster.Persistence, cluster.Size)).Order();
}
