using NaturalThoughts.Answers.Extraction;

namespace NaturalThoughts.Answers.Tests.Extraction;

public class RepetitionLoopTests
{
    private const string Wait = "Wait, let me compute this again: 3 + 4 is 7, and 7 + 5 is 12. ";

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(1_000, true)]
    public void Should_FindTheLoop_When_APieceIsRepeated(int times, bool loop) => Assert.Equal(loop, RepetitionLoop.Ends("First: " + Times(Wait, times)));

    [Fact]
    public void Should_FindTheLoop_When_ItsLastCopyIsCutOff() => Assert.True(RepetitionLoop.Ends("First: " + Times(Wait, 6)[..^20]));

    [Fact]
    public void Should_FindTheLoop_When_ThePieceIsShortOrLong()
    {
        Assert.True(RepetitionLoop.Ends(Times("\n", 500)));
        Assert.True(RepetitionLoop.Ends(Times(string.Concat(Enumerable.Range(1000, 190).Select(number => number + " ")), 4)));
    }

    [Fact]
    public void Should_FindNoLoop_When_TheTextGoesOn()
    {
        Assert.False(RepetitionLoop.Ends(""));
        Assert.False(RepetitionLoop.Ends("no no no no no"));
        Assert.False(RepetitionLoop.Ends(Times(Wait, 10) + string.Concat(Enumerable.Range(0, 100).Select(number => number + ", ")) + "Answer: 12"));
        Assert.False(RepetitionLoop.Ends(string.Concat(Enumerable.Range(1, 400).Select(number => $"Step {number}: add {number * 7}. "))));
    }

    private static string Times(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));
}
