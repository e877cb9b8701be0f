using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching.Tests.Reading;

public sealed class ThinkingReplyTests
{
    [Theory]
    [InlineData("a</think>b", "", "a", "b", false, 0)]
    [InlineData("<think>a</think>b", "\n", "a", "b", false, 0)] // a parser that found only a line break
    [InlineData("b", "\n\n", "", "b", false, 0)] // thinking turned off
    [InlineData("b", "<think>\na\n</think>", "a", "b", false, 0)] // a parser that left the tags in
    [InlineData("</think>\n\nb", "a", "a", "b", false, 0)]
    [InlineData("b <think> c", "a", "a", "b <think> c", false, 1)]
    [InlineData("<think>a", "", "a", "", true, 0)]
    [InlineData("a", "", null, "a", false, 0)]
    [InlineData("a <think> b", "", null, "a <think> b", false, 1)]
    [InlineData("<think>a <think> b</think></think>c", "", "a <think> b</think>", "c", false, 2)]
    [InlineData("", "", null, "", false, 0)]
    [InlineData("<THINK>\u0130a</THINK>b", "", "\u0130a", "b", false, 0)] // a letter whose lower case is longer
    public void Should_TakeItApart_When_TheFormDiffers(string content, string reasoning, string? thinking, string answer, bool open, int tags) =>
        Assert.Equal(new ThinkingReply(thinking, answer, open, tags), ThinkingReply.Of(content, reasoning));
}
