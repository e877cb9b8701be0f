using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection.Tests;

public class MixTests
{
    [Theory]
    [InlineData("System2", null)]
    [InlineData("System1", null)]
    [InlineData("Difficulty", null)]
    [InlineData("RandomAsDifficulty", null)]
    [InlineData("Random0", 0.0)]
    [InlineData("Random0.4", 0.4)]
    [InlineData("Random0.25", 0.25)]
    [InlineData("Random1", 1.0)]
    public void Should_KeepItsName_When_Parsed(string text, double? probability)
    {
        Mix mix = Mix.Parse(text);
        Assert.Equal((text, probability), (mix.ToString(), mix.Probability));
        Assert.Equal(text is "Difficulty" or "RandomAsDifficulty", mix.NeedsJudgements);
    }

    [Theory]
    [InlineData("system2")]
    [InlineData("Random")]
    [InlineData("Random0.40")]
    [InlineData("Random.4")]
    [InlineData("Random1.1")]
    [InlineData("Random-0.4")]
    [InlineData("Random0,4")]
    [InlineData("Random 0.4")]
    [InlineData("")]
    [InlineData(null)]
    public void Should_BeRefused_When_SpelledOtherwise(string? text) => Assert.False(Mix.TryParse(text, out _));

    [Fact]
    public void Should_NameTheNearest_When_Unknown()
    {
        Assert.Contains("'System2'", Assert.Throws<UserErrorException>(() => Mix.Parse("System-2")).Errors[0].Hint);
        Assert.Contains("trailing zeros", Assert.Throws<UserErrorException>(() => Mix.Parse("Random0.50")).Errors[0].Hint);
    }
}
