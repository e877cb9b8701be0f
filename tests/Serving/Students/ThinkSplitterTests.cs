using NaturalThoughts.Serving.Students;

namespace NaturalThoughts.Serving.Tests.Students;

public sealed class ThinkSplitterTests
{
    [Theory]
    [InlineData(false, "<think>|a b|</think>|c", "a b", "c")]
    [InlineData(false, " |\n<th|ink>a</th|x</thi|nk>c</think>", "a</thx", "c</think>")]
    [InlineData(false, "a <think>b</think>", "", "a <think>b</think>")]
    [InlineData(false, "<thin", "", "<thin")]
    [InlineData(false, "<think>a</thi", "a</thi", "")]
    [InlineData(true, "a|</think>b", "a", "b")]
    [InlineData(true, "a", "a", "")]
    [InlineData(false, "", "", "")]
    public void Should_TellThemApart_When_TagsAreCut(bool isOpen, string pieces, string thinking, string answer)
    {
        ThinkSplitter splitter = new(isOpen);
        string[] texts = pieces.Split('|');
        (string Thinking, string Answer)[] parts = [.. texts.Select((text, i) => splitter.Add(text, i == texts.Length - 1))];
        Assert.Equal((thinking, answer), (string.Concat(parts.Select(part => part.Thinking)), string.Concat(parts.Select(part => part.Answer))));
    }
}
