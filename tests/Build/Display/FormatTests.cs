using NaturalThoughts.Build.Display;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Display;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0.254, "0.25 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(7265, "2 h 01 min")]
    public void Should_BeReadable_When_DurationIsShown(double seconds, string expected) =>
        Assert.Equal(expected, Format.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "1 s")]
    [InlineData(3.2, "4 s")]
    [InlineData(42.4, "43 s")]
    [InlineData(124.5, "2 min 05 s")]
    public void Should_PromiseNoFractions_When_ADurationIsAnEstimate(double seconds, string expected) =>
        Assert.Equal(expected, Format.Estimate(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Should_ShowCountAndNote_When_ProgressIsShown()
    {
        Assert.Equal("3/10 steps, loss 1.5", Format.Progress(new StageProgress(3, 10, "steps", "loss 1.5")));
        Assert.Equal("3 rows", Format.Progress(new StageProgress(3, 0, "rows")));
        Assert.Equal("1 234 567", Format.Count(1234567));
    }
}
