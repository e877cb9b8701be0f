using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Selection.Hdbscan;

namespace NaturalThoughts.Selection.Tests.Hdbscan;

/// <summary>The fast search against Prim's algorithm on all pairs: core distances and edge weights to the bit.</summary>
public sealed class SpanningTreeTests
{
    [Theory]
    [InlineData("lattice", 700, 2, 3)]
    [InlineData("copies", 700, 2, 30)]
    [InlineData("cloud", 700, 16, 5)]
    [InlineData("cloud", 300, 300, 2)]
    [InlineData("blobs", 1000, 3, 1)]
    [InlineData("blobs", 1001, 67, 4)]
    [InlineData("far", 600, 4, 3)]
    [InlineData("tiny", 400, 3, 3)]
    [InlineData("huge", 400, 3, 3)]
    public void Should_EqualPrim_When_SearchedInAnyWay(string kind, int n, int d, int k)
    {
        SeededRandom random = SeededRandom.From("spanning", kind, n.ToString(CultureInfo.InvariantCulture));
        PointSet points = new(HdbscanData.Draw(random, kind, n, d), n, d);
        (double[] core, double[] weights) = Prim(points, k);
        foreach ((int threads, int table) in new[] { (1, 1024), (3, 1024), (2, 1), (2, 12) })
        {
            SpanningTree tree = SpanningTree.Build(points, k, threads, table);
            Assert.Equal(core, tree.CoreDistances);
            Assert.Equal(weights, tree.Edges.Select(edge => edge.Weight));
            Assert.All(tree.Edges, edge => Assert.Equal(Math.Max(points.Distance(edge.A, edge.B), Math.Max(core[edge.A], core[edge.B])), edge.Weight));
            DisjointSets sets = new(n);
            Assert.All(tree.Edges, edge => Assert.True(sets.Union(edge.A, edge.B)));
        }
    }

    [Fact]
    public void Should_BoundFromBelow_When_PointsAreFarFromTheCentre()
    {
        foreach (string kind in new[] { "cloud", "far", "blobs", "copies" })
        {
            PointSet points = new(HdbscanData.Draw(SeededRandom.From("bounds", kind), kind, 40, 65), 40, 65);
            DistanceScreen screen = new(points);
            (float[] tile, float[] panel, float[] product) = (new float[screen.TileLength], new float[screen.PanelLength], new float[256]);
            screen.PackTile([0, 1, 2, 3, 4, 5, 6, 7], tile);
            screen.PackPanel([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38], panel);
            TileKernel.Multiply(tile, panel, product);
            for (int r = 0; r < 8; r++)
            {
                for (int c = 0; c < 31; c++)
                {
                    Assert.InRange(product[(r * 32) + c], float.NegativeInfinity, MathF.Max(0, screen.Threshold(points.SquaredDistance(r, 8 + c))));
                }

                Assert.Equal(float.PositiveInfinity, product[(r * 32) + 31]);
            }
        }
    }

    [Fact]
    public void Should_MeasureSameBits_When_PointsSwapOrMove()
    {
        PointSet points = new(HdbscanData.Draw(SeededRandom.From("symmetry"), "cloud", 30, 13), 30, 13);
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(0, points.SquaredDistance(i, i));
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(points.SquaredDistance(i, j), points.SquaredDistance(j, i));
            }
        }
    }

    private static (double[] Core, double[] Weights) Prim(PointSet points, int k)
    {
        int n = points.Count;
        double[] core = Enumerable.Range(0, n)
            .Select(i => Enumerable.Range(0, n).Where(j => j != i).Select(j => points.Distance(i, j)).Order().ElementAt(k - 1)).ToArray();
        double[] best = new double[n];
        HashSet<int> open = Enumerable.Range(1, n - 1).ToHashSet();
        Array.Fill(best, double.PositiveInfinity);
        List<double> weights = new();
        for (int current = 0; open.Count > 0;)
        {
            foreach (int j in open)
            {
                best[j] = Math.Min(best[j], Math.Max(points.Distance(current, j), Math.Max(core[current], core[j])));
            }

            current = open.MinBy(j => best[j]);
            open.Remove(current);
            weights.Add(best[current]);
        }

        return (core, [.. weights.Order()]);
    }
}
