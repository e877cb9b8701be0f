using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching.Tests.Reading;

public sealed class RepetitionLoopTests
{
    private const string Start = "We look for x. Since 3 x = 12, x is 4, and so the sum of both is nine. ";

    [Theory]
    [InlineData("Wait, let me check this again. ", 30)]
    [InlineData("no ", 100)]
    [InlineData("So a follows from b, and b from c, and c from d, but d needs a, which is what we want to show here. ", 7)]
    public void Should_SeeALoop_When_TheEndRepeats(string round, int times)
    {
        string text = Start + string.Concat(Enumerable.Repeat(round, times));
        Assert.True(RepetitionLoop.Is(text));
        Assert.True(RepetitionLoop.Is(text[..^7])); // cut in the middle of a round
    }

    [Theory]
    [InlineData("Wait, let me check this again. ", 5)]
    [InlineData("0 ", 40)]
    public void Should_SeeNone_When_AFewRoundsAreMeant(string round, int times) => Assert.False(RepetitionLoop.Is(Start + string.Concat(Enumerable.Repeat(round, times))));

    [Fact]
    public void Should_SeeNone_When_TheTextGoesOn()
    {
        string loop = string.Concat(Enumerable.Repeat("Wait, let me check this again. ", 30));
        Assert.False(RepetitionLoop.Is(Start + loop + "Now I have it: both sides are even, so x is 4 and the answer is nine."));
        Assert.False(RepetitionLoop.Is(string.Join(' ', Enumerable.Range(0, 3000))));
        Assert.False(RepetitionLoop.Is(""));
        Assert.False(RepetitionLoop.Is("word"));
    }
}
