using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Selection.Hdbscan;

namespace NaturalThoughts.Selection.Tests.Hdbscan;

/// <summary>Random small data, half of it on lattices with copies, against the definition. Tolerance 1e-9.</summary>
public sealed class HdbscanReferenceTests
{
    private static readonly int[] Sizes = [2, 3, 5, 9, 16, 33, 60, 100];

    [Theory]
    [InlineData("lattice")]
    [InlineData("copies")]
    [InlineData("cloud")]
    [InlineData("blobs")]
    public void Should_EqualDefinition_When_DataIsRandom(string kind)
    {
        for (int trial = 0; trial < 40; trial++)
        {
            SeededRandom random = SeededRandom.From("hdbscan reference", kind, trial.ToString(CultureInfo.InvariantCulture));
            int n = Sizes[trial % Sizes.Length];
            int d = 1 + random.Next(3);
            double[] points = HdbscanData.Draw(random, kind, n, d);
            HdbscanOptions options = Options(random);
            HdbscanReference expected = HdbscanReference.Fit(points, n, d, options);
            HdbscanResult actual = HdbscanClusterer.Fit(points, n, d, options, threads: 1 + (trial % 3));

            Assert.Equal(expected.Labels, actual.Labels);
            HdbscanData.Close(expected.Core, actual.CoreDistances);
            HdbscanData.Close([.. expected.Heights.Order()], actual.Heights);
            HdbscanData.Close(expected.Probabilities, actual.Probabilities);
            HdbscanData.Close([.. expected.Stabilities.Order()], [.. actual.Tree.Clusters.Select(cluster => cluster.Stability).Order()]);
        }
    }

    private static HdbscanOptions Options(SeededRandom random) => new()
    {
        MinClusterSize = 2 + random.Next(6),
        MinSamples = random.Chance(0.3) ? null : 1 + random.Next(7),
        Method = random.Chance(0.5) ? ClusterSelectionMethod.Leaf : ClusterSelectionMethod.ExcessOfMass,
        ClusterSelectionEpsilon = random.Chance(0.6) ? 0 : random.Next(5) * 0.5,
        AllowSingleCluster = random.Chance(0.4),
    };
}
