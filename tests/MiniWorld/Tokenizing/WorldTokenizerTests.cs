using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Tokenizing;

public class WorldTokenizerTests
{
    private static readonly Tokenizer Tokenizer = Tokenizer.Load(WorldRuns.TokenizerFolder);

    /// <summary>The vocabulary is read off seed 1; everything here is of seed 7.</summary>
    [Fact]
    public void Should_KnowEveryToken_When_TheSeedsDiffer()
    {
        foreach (string text in Texts())
        {
            int[] ids = Tokenizer.Encode(text);
            Assert.True(!ids.Contains(Tokenizer.UnknownId!.Value), $"{text} has an unknown token");
        }
    }

    [Fact]
    public void Should_GiveTheTextBack_When_Decoded() =>
        Assert.All(Texts().Where((_, i) => i % 41 == 0), text => Assert.Equal(text, Tokenizer.Decode(Tokenizer.Encode(text))));

    [Fact]
    public void Should_SplitAsTheCounter_When_Encoded() =>
        Assert.All(WorldRuns.Traces.Take(1000), trace => Assert.Equal(trace.Tokens, Tokenizer.Encode(trace.Thinking).Length));

    [Fact]
    public void Should_FitTheStudentsChat_When_Loaded()
    {
        ChatFormat chat = ChatFormat.Load(WorldRuns.TokenizerFolder, Tokenizer);
        Assert.Equal(Tokenizer.IdOf("<|end|>"), chat.EndOfTurnId);
        Assert.Equal(Tokenizer.IdOf("<pad>"), chat.PadId);
        Assert.Equal(
            [.. Enumerable.Range(0, 7).Select(i => (int?)i)],
            new[] { "<unk>", "<pad>", "<|user|>", "<|assistant|>", "<|end|>", "<think>", "</think>" }.Select(text => Tokenizer.IdOf(text)));
        Assert.False(Tokenizer.IsSpecial(5));
        Assert.False(Tokenizer.IsSpecial(6));
        Assert.Contains(5, Tokenizer.Encode("<think> so </think>"));
    }

    [Fact]
    public void Should_BeAWordLevelFile_When_Written()
    {
        JsonObject json = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(WorldRuns.TokenizerFolder, "tokenizer.json")))!;
        Assert.Equal("WordLevel", (string?)json["model"]!["type"]);
        Assert.Equal(WordSplitter.Pattern, (string?)json["pre_tokenizer"]!["pattern"]!["Regex"]);
        Assert.Equal("Fuse", (string?)json["decoder"]!["type"]);
        Assert.Null(json["normalizer"]);
        JsonObject vocabulary = (JsonObject)json["model"]!["vocab"]!;
        Assert.InRange(vocabulary.Count, 500, 900);
        List<string> words = [.. vocabulary.OrderBy(entry => (int)entry.Value!).Select(entry => entry.Key)];
        Assert.Equal(Enumerable.Range(0, words.Count), words.Select(word => (int)vocabulary[word]!));
        Assert.Equal(words.Skip(7).Order(StringComparer.Ordinal), words.Skip(7));
        Assert.All("ABCDEFGHIJ0123456789", sign => Assert.True(vocabulary.ContainsKey(sign.ToString()) && vocabulary.ContainsKey($" {sign}")));
        Assert.Contains(" like", words);
    }

    [Theory]
    [InlineData("so 7 + 5 = 12 . Answer: C\nA) oslo  to é, &!")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("\n\n x1 22")]
    public void Should_CutLikeItsPattern_When_Split(string text) =>
        Assert.Equal(Regex.Matches(text, WordSplitter.Pattern).Select(match => match.Value), WordSplitter.Split(text));

    private static IEnumerable<string> Texts() =>
    [
        .. WorldRuns.Pool.Select(question => PromptTemplate.Render(WorldRuns.Think, question)),
        .. WorldRuns.Benchmarks.Values.SelectMany(questions => questions)
            .SelectMany(question => new[] { PromptTemplate.Render(WorldRuns.Think, question), PromptTemplate.Render(WorldRuns.Direct, question) }),
        .. WorldRuns.Traces.Select(ResponseFormat.System2),
        .. WorldRuns.Decorative.Select(ResponseFormat.System2),
        .. WorldRuns.Traces.Select(ResponseFormat.System1),
        .. WorldRuns.Corpus.SelectMany(example => new[] { example.Prompt, example.Response }),
    ];
}
