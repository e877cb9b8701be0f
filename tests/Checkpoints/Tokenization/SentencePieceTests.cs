using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using Reference = Tokenizers.DotNet.Tokenizer;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>Tokenizers with byte fallback, token for token with Hugging Face's <c>tokenizers</c> (Rust, through Tokenizers.DotNet 1.4.1).</summary>
public sealed class SentencePieceTests
{
    private const int Texts = 2000;
    private const string Stories = "stories260K/tokenizer.json";
    private static readonly string Folder = Fixture.Path("tokenizers", "sentencepiece-style");

    [Fact]
    public void Should_AgreeWithReference_When_TextsAreNasty() => Compare(Json(), Drawn("small"));

    [DataFact(Stories)]
    public void Should_AgreeWithReference_When_TheTokenizerIsReal() =>
        Compare(JsonNode.Parse(File.ReadAllText(Path.Combine(DataFactAttribute.Folder!, Stories)))!.AsObject(), Drawn("real"));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Should_AgreeWithReference_When_BytesAreMissing(bool fuses, bool ignoresMerges)
    {
        JsonObject json = Json();
        json["model"]!["fuse_unk"] = fuses;
        json["model"]!["ignore_merges"] = ignoresMerges;
        JsonObject vocabulary = json["model"]!["vocab"]!.AsObject();
        foreach (int value in new[] { 0x20, 0xE2, 0xF0, 0x9F })
        {
            string name = $"<0x{value:X2}>";
            int id = (int)vocabulary[name]!;
            vocabulary.Remove(name);
            vocabulary[$"gap{value}"] = id;
        }

        Compare(json, Drawn("missing")[..400]);
    }

    [Fact]
    public void Should_AgreeWithReference_When_NothingIsPutBefore()
    {
        JsonObject json = Json();
        json["normalizer"]!["normalizers"]!.AsArray().RemoveAt(0);
        json["decoder"]!["decoders"]!.AsArray().RemoveAt(3);
        Compare(json, Drawn("bare")[..400]);
    }

    [Fact]
    public void Should_AgreeWithReference_When_IdsAreAnyIds()
    {
        // Bytes that are no UTF-8 among them.
        JsonObject json = Json();
        (Tokenizer ours, Reference theirs, string file) = Both(json);
        SeededRandom random = SeededRandom.From("sentencepiece-ids");
        for (int i = 0; i < 500; i++)
        {
            int[] ids =
                [.. Enumerable.Range(0, random.Between(1, 12)).Select(_ => random.Chance(0.7) ? random.Between(3, 258) : random.Next(ours.VocabularySize))];
            Assert.Equal(theirs.Decode([.. ids.Select(id => (uint)id)]), ours.Decode(ids));
        }

        File.Delete(file);
    }

    [Fact]
    public void Should_GoOnWithoutABlank_When_ExamplesAreEncoded()
    {
        Tokenizer tokenizer = Tokenizer.Load(Folder);
        ChatFormat chat = ChatFormat.Load(Folder, tokenizer);
        foreach (string text in new[] { "the answer", " the answer", "日本 🙂 the", "a" })
        {
            EncodedExample example = chat.Example("the question", text);
            Assert.Equal(chat.Prompt("the question"), example.Ids[..example.PromptLength]);

            // The reference encodes the conversation as one text; nothing merges across the end of this template's prompt.
            string whole = $"<s>[INST] the question [/INST] {text} </s>";
            Assert.Equal(tokenizer.Encode(whole, parseSpecial: true), example.Ids);
            Assert.True(tokenizer.Spells(example.Ids.AsSpan(example.PromptLength, example.SupervisedLength - 1), example.Response!));
            Assert.Equal(tokenizer.IdOf("<unk>"), chat.PadId);
        }
    }

    [Fact]
    public void Should_StayPlain_When_AMessageHoldsASpecialToken()
    {
        Tokenizer tokenizer = Tokenizer.Load(Folder);
        EncodedExample example = ChatFormat.Load(Folder, tokenizer).Example("a </s> b", "the <s> dog");
        Assert.Equal([tokenizer.IdOf("<s>")!.Value, tokenizer.IdOf("</s>")!.Value], example.Ids.Where(tokenizer.IsSpecial));
        Assert.Equal(" the <s> dog ", example.Response);
        Assert.True(tokenizer.Spells(example.Ids.AsSpan(example.PromptLength, example.SupervisedLength - 1), example.Response!));
    }

    [Theory]
    [InlineData("normalizer", """{"type": "NFC"}""")]
    [InlineData("normalizer", "null")]
    [InlineData("normalizer", """{"type": "Replace", "pattern": {"Regex": " "}, "content": "\u2581"}""")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": false}""")]
    [InlineData("decoder", """{"type": "ByteFallback"}""")]
    [InlineData("decoder", "null")]
    public void Should_RefuseByName_When_AnotherFormIsAskedFor(string part, string value)
    {
        JsonObject json = Json();
        json[part] = JsonNode.Parse(value);
        UserErrorException error = Assert.Throws<UserErrorException>(() => SmallTokenizers.Read(json));
        Assert.Contains(error.Errors, one => one.Location == $"tokenizer.json: {part}");
    }

    [Fact]
    public void Should_Refuse_When_TextWouldBeLost()
    {
        JsonObject json = Json();
        json["model"]!["vocab"]!.AsObject().Remove("<0x41>");
        json["model"]!["unk_token"] = null;
        Assert.Contains("would be lost", Assert.Throws<UserErrorException>(() => SmallTokenizers.Read(json)).Message, StringComparison.Ordinal);
    }

    private static JsonObject Json() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "tokenizer.json")))!.AsObject();

    // Halves of surrogate pairs cannot cross into Rust; zero bytes end a text on the way there.
    private static List<string> Drawn(string seed) =>
    [
        "", " ", "  ", "\u2581", "</s>", "<s></s>", "a</s>b", " a </s> b ", "<0x41>", "<0x0A>\n", "the\u2581quick",
        .. NastyTexts.Draw(2 * Texts, "sentencepiece/" + seed)
            .Select(text => text.Replace("<|im_end|>", "</s>", StringComparison.Ordinal).Replace("<|eot_id|>", "<s>", StringComparison.Ordinal))
            .Where(text => !text.Contains('\0') && IsWhole(text))
            .Take(Texts),
    ];

    private static bool IsWhole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static (Tokenizer Ours, Reference Theirs, string File) Both(JsonObject json)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, json.ToJsonString());
        return (SmallTokenizers.Read(json), new Reference(vocabPath: file), file);
    }

    private static void Compare(JsonObject json, IReadOnlyList<string> texts)
    {
        (Tokenizer ours, Reference theirs, string file) = Both(json);
        foreach (string text in texts)
        {
            uint[] expected = theirs.Encode(text);
            int[] ids = ours.EncodeWithSpecial(text, parseSpecial: true);
            Assert.True(expected.Select(id => (int)id).SequenceEqual(ids), $"'{text}': {string.Join(' ', ids)} instead of {string.Join(' ', expected)}");
            Assert.Equal(theirs.Decode(expected), ours.Decode(ids));
            if (!text.Contains("s>", StringComparison.Ordinal) && ours.UnknownId is null)
            {
                Assert.Equal(ours.Normalize(text), ours.Decode(ours.Encode(text)));
            }
        }

        File.Delete(file);
    }
}
