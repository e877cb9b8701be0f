namespace NaturalThoughts.Selection.Tests;

public class TokenSummaryTests
{
    [Fact]
    public void Should_UseNearestRank_When_Summarising()
    {
        Assert.Equal(new TokenSummary(55, 5.5, 1, 1, 3, 5, 8, 9, 10), TokenSummary.Of([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]));
        Assert.Equal(new TokenSummary(7, 7, 7, 7, 7, 7, 7, 7, 7), TokenSummary.Of([7]));
    }

    [Fact]
    public void Should_NotOverflow_When_TheSumIsLarge() => Assert.Equal(3L * int.MaxValue, TokenSummary.Of([int.MaxValue, int.MaxValue, int.MaxValue]).Sum);
}
