using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>
/// The hand-written splitters against Oniguruma 6.9.8, the regular expressions of the reference (Fixtures/ORIGIN.md). JavaScript differs in
/// one thing, which no token of the two real vocabularies shows: it does not take the long s (U+017F) for an s in <c>(?i:'s)</c>.
/// </summary>
public class PatternSplitterTests
{
    [Theory]
    [InlineData("llama3", PatternSplitter.Llama3)]
    [InlineData("qwen2", PatternSplitter.Qwen2)]
    public void Should_AgreeWithOniguruma_When_TextsAreSplit(string name, string pattern)
    {
        PatternSplitter splitter = PatternSplitter.For(pattern)!;
        string[] lines = File.ReadAllLines(Fixture.Path("tokenizers", "pieces.jsonl"));
        Assert.Equal(500, lines.Length);
        foreach (JsonNode row in lines.Select(line => JsonNode.Parse(line)!))
        {
            Assert.Equal(row[name]!.AsArray().Select(piece => piece!.GetValue<string>()), Pieces(splitter, row["text"]!.GetValue<string>()));
        }
    }

    [Fact]
    public void Should_TakeHalvesForSymbols_When_SurrogatesAreAlone()
    {
        PatternSplitter splitter = PatternSplitter.For(PatternSplitter.Llama3)!;
        Assert.Equal(["a", "\uD835b", " \uDC65\uD835!"], Pieces(splitter, "a\uD835b \uDC65\uD835!"));
    }

    [Fact]
    public void Should_KnowNoOther_When_PatternDiffers()
    {
        Assert.Null(PatternSplitter.For(PatternSplitter.Llama3.Replace("{1,3}", "{1,2}", StringComparison.Ordinal)));
        Assert.Null(PatternSplitter.For(null));
    }

    private static IEnumerable<string> Pieces(PatternSplitter splitter, string text)
    {
        while (text.Length > 0)
        {
            int length = splitter.NextLength(text);
            yield return text[..length];
            text = text[length..];
        }
    }
}
