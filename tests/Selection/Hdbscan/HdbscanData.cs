using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Selection.Hdbscan;

namespace NaturalThoughts.Selection.Tests.Hdbscan;

/// <summary>Row orders, and results compared across them.</summary>
internal static class HdbscanData
{
    public static int[] Permutation(int n, int seed)
    {
        SeededRandom random = SeededRandom.From("hdbscan order", seed.ToString(CultureInfo.InvariantCulture));
        int[] order = Enumerable.Range(0, n).ToArray();
        random.Shuffle(order);
        return order;
    }

    /// <summary>Random points [n, d]: lattice, copies (of few lattice points), cloud, blobs, far (tight groups far apart), tiny, huge.</summary>
    public static double[] Draw(SeededRandom random, string kind, int n, int d)
    {
        double[] points = new double[n * d];
        for (int i = 0; i < n; i++)
        {
            int group = random.Next(6);
            for (int j = 0; j < d; j++)
            {
                points[(i * d) + j] = kind switch
                {
                    "lattice" => random.Next(d == 1 ? n : 12) * 0.5,
                    "copies" => random.Next(3) * (group + 1),
                    "blobs" => ((group * 7 * (j + 1)) % 5 * 4) + random.NextDouble() + random.NextDouble(),
                    "far" => (group * 1e4) + (random.NextDouble() * 1e-3),
                    "tiny" => (group + random.NextDouble()) * 1e-140,
                    "huge" => (group + random.NextDouble()) * 1e149,
                    _ => random.NextDouble() * 4,
                };
            }
        }

        return points;
    }

    /// <summary>Equal to 1e-9, relative above 1; infinities must agree.</summary>
    public static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            if (expected[i] != actual[i])
            {
                Assert.InRange(Math.Abs(expected[i] - actual[i]), 0, 1e-9 * Math.Max(1, Math.Abs(expected[i])));
            }
        }
    }

    /// <summary>Row i of the answer is row order[i] of the points.</summary>
    public static double[] Permute(double[] points, int d, int[] order) =>
        [.. order.SelectMany(row => points.AsSpan(row * d, d).ToArray())];

    /// <summary>Numbers the labels by first occurrence, noise stays -1.</summary>
    public static int[] Renumber(IEnumerable<int> labels)
    {
        Dictionary<int, int> numbers = new();
        return [.. labels.Select(label => label < 0 ? -1 : numbers.TryGetValue(label, out int known) ? known : numbers[label] = numbers.Count)];
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
