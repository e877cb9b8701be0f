using NaturalThoughts.Contracts;

namespace NaturalThoughts.Statistics.Tests;

public class ClusterBootstrapTests
{
    [Fact]
    public void Should_ApproachTheEnumeration_When_DrawnAtRandom()
    {
        int[] clusters = [0, 0, 1, 2, 2, 2, 3];
        double[] values = [1, 0, 1, -1, 0, 1, 1];
        const int Draws = 4000;

        ClusterBootstrap all = ClusterBootstrap.Enumerate(clusters, values);
        ClusterBootstrap drawn = ClusterBootstrap.Draw(clusters, values, Draws, SeededRandom.From("bootstrap", "1"));

        // The bounds that come with the reference values: five standard errors.
        Assert.InRange(drawn.Mean - all.Mean, -5 * all.StandardError / Math.Sqrt(Draws), 5 * all.StandardError / Math.Sqrt(Draws));
        Assert.InRange(
            drawn.StandardError - all.StandardError, -5 * all.ErrorOfErrorTimesRoot / Math.Sqrt(Draws), 5 * all.ErrorOfErrorTimesRoot / Math.Sqrt(Draws));
        Assert.NotEqual(drawn.Mean, ClusterBootstrap.Draw(clusters, values, Draws, SeededRandom.From("bootstrap", "2")).Mean);
    }
}
