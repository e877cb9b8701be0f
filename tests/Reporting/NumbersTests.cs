using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Tests;

public class NumbersTests
{
    [Theory]
    [InlineData(0.012345, "0.012")]
    [InlineData(0.00099, "0.00099")]
    [InlineData(0.000123, "0.00012")]
    [InlineData(0.0000123, "1.2e-5")]
    [InlineData(0.5, "0.50")]
    [InlineData(0.999, "1.0")]
    [InlineData(1, "1.0")]
    [InlineData(0, "0.0")]
    public void Should_ShowTwoDigits_When_PIsPrinted(double p, string expected) => Assert.Equal(expected, Numbers.P(p));

    [Fact]
    public void Should_RoundHalfToEven_When_TheRatioIsExact()
    {
        Assert.Equal("0.12", Numbers.Fixed(Numbers.Ratio(1, 8), 2));
        Assert.Equal("0.38", Numbers.Fixed(Numbers.Ratio(3, 8), 2));
        Assert.Equal("0.0", Numbers.Fixed(-0.04m, 1));
        Assert.Equal("+0.0", Numbers.Signed(-0.04m, 1));
        Assert.Equal("-0.1", Numbers.Signed(-0.06m, 1));
        Assert.Equal("0.30", Numbers.Fixed(0.1 + 0.2, 2));
        Assert.Equal("", Numbers.Fixed(double.NaN, 2));
    }
}
