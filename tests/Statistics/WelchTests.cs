namespace NaturalThoughts.Statistics.Tests;

public sealed class WelchTests
{
    [Fact]
    public void Should_HaveWelchsDegreesOfFreedom_When_VariancesDiffer()
    {
        // By hand: means 4 and 13/7; variances 12.5 over 5 and 173/84 over 7.
        Welch welch = Welch.Of([1, 2, 3, 4, 10], [2, 2.5, 3, 1, 0, 0.5, 4]);

        double va = 12.5 / 5, vb = 173.0 / 84 / 7;
        Assert.Equal(4 - (13.0 / 7), welch.Difference, 12);
        Assert.Equal(Math.Sqrt(va + vb), welch.StandardError, 12);
        Assert.Equal((va + vb) * (va + vb) / ((va * va / 4) + (vb * vb / 6)), welch.DegreesOfFreedom, 12);
        Interval interval = welch.Interval(1 - welch.P);
        Assert.Equal(0, interval.Low, 9); // the interval of the level 1 - p ends at no difference
    }

    [Fact]
    public void Should_AgreeWithTheTTestOfOneVariance_When_SamplesAreAlike()
    {
        // Equal sizes and variances: Student's t with 2 n - 2 degrees of freedom.
        Welch welch = Welch.Of([1, 2, 3, 4], [3, 4, 5, 6]);

        Assert.Equal(6, welch.DegreesOfFreedom, 12);
        Assert.Equal(TDistribution.TwoSided(-2 / Math.Sqrt(2 * (5.0 / 3) / 4), 6), welch.P, 12);
    }

    [Fact]
    public void Should_DecideWithoutATest_When_NothingVaries()
    {
        Assert.Equal(1, Welch.Of([2, 2], [2, 2, 2]).P);
        Assert.Equal(0, Welch.Of([2, 2], [3, 3]).P);
        Assert.Equal(new Interval(-1, -1), Welch.Of([2, 2], [3, 3]).Interval(0.95));
        Assert.Throws<ArgumentException>(() => Welch.Of([1], [1, 2]));
    }
}
