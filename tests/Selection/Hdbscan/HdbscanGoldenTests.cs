using NaturalThoughts.Selection.Hdbscan;

namespace NaturalThoughts.Selection.Tests.Hdbscan;

/// <summary>Every case of Fixtures/hdbscan, in file order and under permutations; tolerance 1e-9, relative above 1.</summary>
public sealed class HdbscanGoldenTests
{
    public static TheoryData<string> DataSets => [.. HdbscanFixture.Names];

    [Theory]
    [MemberData(nameof(DataSets))]
    public void Should_EqualFixture_When_AnyCase(string name)
    {
        HdbscanFixture fixture = HdbscanFixture.Load(name);
        foreach (HdbscanFixture.Case expected in fixture.Expected.Cases)
        {
            HdbscanResult result = HdbscanClusterer.Fit(fixture.Points, fixture.N, fixture.D, OptionsOf(expected), threads: 2);
            CheckHierarchy(fixture, expected, result);
            CheckTree(fixture, expected, result.Tree);
            Assert.Equal(expected.Labels, result.Labels);
            HdbscanData.Close(expected.Probabilities, result.Probabilities);
            Assert.Equal(expected.Selected, result.Clusters.Select(cluster => cluster.TreeIndex + fixture.N));
            HdbscanData.Close(expected.Stability, result.Clusters.Select(cluster => cluster.Stability).ToArray());
            HdbscanData.Close(expected.Persistence, result.Clusters.Select(cluster => cluster.Persistence).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(DataSets))]
    public void Should_BeSameToTheBit_When_RowsPermutedAndThreadsDiffer(string name)
    {
        HdbscanFixture fixture = HdbscanFixture.Load(name);
        foreach (HdbscanFixture.Case expected in fixture.Expected.Cases.Where((_, index) => index % (fixture.N > 500 ? 4 : 1) == 0))
        {
            HdbscanOptions options = OptionsOf(expected);
            HdbscanResult plain = HdbscanClusterer.Fit(fixture.Points, fixture.N, fixture.D, options, threads: 1);
            foreach ((int seed, int threads) in new[] { (1, 1), (2, 3) })
            {
                int[] order = HdbscanData.Permutation(fixture.N, seed);
                HdbscanResult moved = HdbscanClusterer.Fit(HdbscanData.Permute(fixture.Points, fixture.D, order), fixture.N, fixture.D, options, threads);
                HdbscanData.AssertSame(plain, moved, order);
            }
        }
    }

    [Fact]
    public void Should_HaveEveryCase_When_ComparedWithList()
    {
        IEnumerable<string> listed = File.ReadLines(Path.Combine(HdbscanFixture.Root, "cases.csv")).Skip(1).Select(line => line.Split(',')[0])
            .Order(StringComparer.Ordinal);
        IEnumerable<string> loaded = HdbscanFixture.Names.SelectMany(name => HdbscanFixture.Load(name).Expected.Cases).Select(expected => expected.Id)
            .Order(StringComparer.Ordinal);
        Assert.Equal(listed, loaded);
    }

    private static HdbscanOptions OptionsOf(HdbscanFixture.Case expected) => new()
    {
        MinClusterSize = expected.MinClusterSize,
        MinSamples = expected.MinSamples,
        Method = expected.ClusterSelectionMethod == "leaf" ? ClusterSelectionMethod.Leaf : ClusterSelectionMethod.ExcessOfMass,
        ClusterSelectionEpsilon = expected.ClusterSelectionEpsilon,
        AllowSingleCluster = expected.AllowSingleCluster,
    };

    private static void CheckHierarchy(HdbscanFixture fixture, HdbscanFixture.Case expected, HdbscanResult result)
    {
        if (fixture.Expected.Hierarchies.Find(item => item.K == expected.K) is not { } hierarchy)
        {
            Assert.Equal(1, fixture.N);
            return;
        }

        HdbscanData.Close(hierarchy.Heights, result.Heights);
        if (hierarchy.CoreDistances is { } core)
        {
            HdbscanData.Close(core, result.CoreDistances);
        }
    }

    private static void CheckTree(HdbscanFixture fixture, HdbscanFixture.Case expected, CondensedTree tree)
    {
        if (fixture.Expected.Trees.Find(item => item.K == expected.K && item.MinClusterSize == expected.MinClusterSize) is not { } wanted)
        {
            Assert.Equal(1, fixture.N);
            return;
        }

        Assert.Equal(wanted.Clusters.Parent, tree.Clusters.Select(cluster => cluster.Parent < 0 ? -1 : cluster.Parent + fixture.N));
        Assert.Equal(wanted.Clusters.Size, tree.Clusters.Select(cluster => cluster.Size));
        HdbscanData.Close(wanted.Clusters.BirthLambda, tree.Clusters.Select(cluster => cluster.BirthLambda).ToArray());
        HdbscanData.Close(wanted.Clusters.MaxLambda, tree.Clusters.Select(cluster => cluster.MaxLambda).ToArray());
        HdbscanData.Close(wanted.Clusters.Stability, tree.Clusters.Select(cluster => cluster.Stability).ToArray());
        if (wanted.Points is not { } points)
        {
            return;
        }

        Assert.Equal(points.Parent, tree.PointClusters.Select(cluster => cluster + fixture.N));
        HdbscanData.Close(points.Lambda, tree.PointHeights.Select(height => 1 / height).ToArray());
    }
}
