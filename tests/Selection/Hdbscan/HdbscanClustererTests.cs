using NaturalThoughts.Contracts;
using NaturalThoughts.Selection.Hdbscan;

namespace NaturalThoughts.Selection.Tests.Hdbscan;

public sealed class HdbscanClustererTests
{
    private static readonly HdbscanOptions Defaults = new();

    [Fact]
    public void Should_BeEmpty_When_NoPoints()
    {
        HdbscanResult result = HdbscanClusterer.Fit(ReadOnlySpan<double>.Empty, 0, 3, Defaults);
        Assert.Empty(result.Labels);
        Assert.Empty(result.Heights);
        Assert.Empty(result.Tree.Clusters);
    }

    [Fact]
    public void Should_TieBridgeToNeitherGroup_When_ItsEdgesWeighTheSame()
    {
        HdbscanResult result = HdbscanClusterer.Fit([0, 1, 2, 4.875, 8, 9, 10.0], 7, 1, new HdbscanOptions { MinClusterSize = 3, MinSamples = 2 });
        Assert.Equal([0, 0, 0, -1, 1, 1, 1], result.Labels);
        Assert.Equal([2, 2, 2, 2, 3.125, 3.125], result.Heights);
        Assert.All(result.Clusters, cluster => Assert.Equal((0.5 - 0.32) * 3, cluster.Stability, 12));
    }

    [Fact]
    public void Should_EqualWidenedDoubles_When_PointsAreFloats()
    {
        double[] wide = HdbscanData.Draw(SeededRandom.From("floats"), "blobs", 150, 5);
        float[] narrow = wide.Select(value => (float)value).ToArray();
        HdbscanResult expected = HdbscanClusterer.Fit([.. narrow.Select(value => (double)value)], 150, 5, Defaults);
        HdbscanData.AssertSame(expected, HdbscanClusterer.Fit(narrow, 150, 5, Defaults, threads: 2), [.. Enumerable.Range(0, 150)]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e151)]
    public void Should_Refuse_When_CoordinateIsNotUsable(double value) =>
        Assert.Throws<ArgumentException>(() => HdbscanClusterer.Fit([1, value], 2, 1, Defaults));

    [Fact]
    public void Should_Refuse_When_SizesOrOptionsAreOutOfRange()
    {
        Assert.Throws<ArgumentException>(() => HdbscanClusterer.Fit([1.0, 2, 3], 2, 1, Defaults));
        Assert.Throws<ArgumentOutOfRangeException>(() => HdbscanClusterer.Fit([1.0, 2], 2, 1, Defaults, threads: 0));
        foreach (HdbscanOptions options in new HdbscanOptions[]
        {
            new() { MinClusterSize = 1 }, new() { MinSamples = 0 }, new() { ClusterSelectionEpsilon = -1 },
            new() { ClusterSelectionEpsilon = double.NaN }, new() { Method = (ClusterSelectionMethod)7 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => HdbscanClusterer.Fit([1.0, 2], 2, 1, options));
        }
    }

    [Fact]
    public void Should_BeSame_When_ManyPointsMoveAndThreadsDiffer()
    {
        double[] points = HdbscanData.Draw(SeededRandom.From("many"), "blobs", 3000, 6);
        HdbscanOptions options = new() { MinClusterSize = 10, MinSamples = 4, Method = ClusterSelectionMethod.Leaf };
        HdbscanResult plain = HdbscanClusterer.Fit(points, 3000, 6, options);
        int[] order = HdbscanData.Permutation(3000, 5);
        HdbscanData.AssertSame(plain, HdbscanClusterer.Fit(HdbscanData.Permute(points, 6, order), 3000, 6, options, threads: 4), order);
    }
}
