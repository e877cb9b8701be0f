using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Serving.Students;

namespace NaturalThoughts.Serving.Tests.Students;

public sealed class TextStreamTests
{
    [Theory]
    [InlineData("llama-style")]
    [InlineData("qwen-style")]
    [InlineData("sentencepiece-style")]
    public void Should_AddUpToTheWhole_When_TokensComeOneByOne(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures", "tokenizers", name));
        foreach (string text in new[] { "the quick brown fox", " the  end", "naïve 日本語 🙂👩‍👩‍👧‍👦 x", "\n\n\t", "é", "" })
        {
            int[] ids = tokenizer.Encode(text);
            TextStream stream = new(tokenizer);
            string[] pieces = [.. ids.Select(stream.Add), stream.End()];
            Assert.Equal(text, string.Concat(pieces));
            Assert.DoesNotContain(pieces, piece => piece.Contains('\uFFFD'));
        }
    }

    [Theory]
    [InlineData("llama-style")]
    [InlineData("sentencepiece-style")]
    public void Should_KeepTheBlank_When_ATextGoesOn(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures", "tokenizers", name));
        int[] whole = tokenizer.Encode("the quick brown fox");
        int[] start = tokenizer.Encode("the quick");
        Assert.Equal(start, whole[..start.Length]);
        TextStream stream = new(tokenizer, start);
        Assert.Equal(" brown fox", string.Concat(whole[start.Length..].Select(stream.Add)) + stream.End());
    }

    [Theory]
    [InlineData("llama-style")]
    [InlineData("qwen-style")]
    public void Should_AddUpToTheWhole_When_TokensAreAny(string name)
    {
        // Bytes that are no UTF-8 among them: what is broken is sent late, and nothing is lost.
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures", "tokenizers", name));
        SeededRandom random = SeededRandom.From("text-stream", name);
        for (int i = 0; i < 300; i++)
        {
            int[] ids = [.. Enumerable.Range(0, random.Between(1, 30)).Select(_ => random.Next(tokenizer.VocabularySize))];
            TextStream stream = new(tokenizer);
            Assert.Equal(tokenizer.Decode(ids), string.Concat(ids.Select(stream.Add)) + stream.End());
        }
    }
}
