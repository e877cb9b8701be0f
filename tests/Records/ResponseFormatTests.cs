namespace NaturalThoughts.Records.Tests;

public class ResponseFormatTests
{
    private static readonly Trace Trace = new("q", "\n I add 40 and 2. ", " 42\n", 6);

    [Fact]
    public void Should_TagTheTrimmedThinking_When_System2() => Assert.Equal("<think> I add 40 and 2. </think> 42", ResponseFormat.System2(Trace));

    [Fact]
    public void Should_BeTheTrimmedAnswer_When_System1() => Assert.Equal("42", ResponseFormat.System1(Trace));
}
