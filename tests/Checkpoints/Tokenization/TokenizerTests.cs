using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

public class TokenizerTests
{
    private static readonly string Folder = Fixture.Path("world-tokenizer");
    private static readonly Tokenizer World = Tokenizer.Load(Folder);

    [Fact]
    public void Should_AgreeWithReference_When_FixturesAreEncodedAndDecoded()
    {
        int cases = 0;
        foreach (string line in File.ReadLines(Path.Combine(Folder, "encodings.jsonl")))
        {
            JsonNode expected = JsonNode.Parse(line)!;
            string text = expected["text"]!.GetValue<string>();
            int[] ids = World.Encode(text, parseSpecial: true);

            Assert.Equal(expected["ids"]!.AsArray().Select(id => id!.GetValue<int>()), ids);
            Assert.Equal(expected["decoded"]!.GetValue<string>(), World.Decode(ids));
            Assert.Equal(expected["decoded_with_special"]!.GetValue<string>(), World.Decode(ids, skipSpecial: false));
            if (!text.Contains("<|", StringComparison.Ordinal))
            {
                Assert.Equal(ids, World.Encode(text));
            }

            cases++;
        }

        Assert.Equal(300, cases);
    }

    [Fact]
    public void Should_LeaveSpecialTokensPlain_When_TheyStandInUserText()
    {
        int[] ids = World.Encode("a<|end|><think>");

        Assert.Equal([Id("a"), Id("<"), Id("|"), Id("end"), Id("|"), Id(">"), Id("<think>")], ids);
        Assert.Equal([Id("a"), Id("<|end|>"), Id("<think>")], World.Encode("a<|end|><think>", parseSpecial: true));
    }

    [Fact]
    public void Should_KeepCharactersApart_When_SurrogatesAreHalved()
    {
        Assert.Equal([Id("a"), World.UnknownId!.Value, World.UnknownId!.Value, Id("a")], World.Encode("a\ud83d\ud83da"));
        Assert.Equal([World.UnknownId!.Value], World.Encode("\ude00"));
    }

    [Fact]
    public void Should_CountAddedTokens_When_TheyAreBeyondTheModel()
    {
        JsonObject json = Json();
        json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 900, ["content"] = "<extra>", ["special"] = false });

        Tokenizer tokenizer = Read(json);

        Assert.Equal(901, tokenizer.VocabularySize);
        Assert.Equal([900], tokenizer.Encode("<extra>"));
        Assert.Equal("<extra>", tokenizer.Decode([900, 899, 901, -1]));
        Assert.Equal(900, tokenizer.IdOf("<extra>"));
        Assert.Null(tokenizer.IdOf("<more>"));
    }

    [Fact]
    public void Should_PreferTheLongest_When_AddedTokensBeginTogether()
    {
        JsonObject json = Json();
        json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 900, ["content"] = "<think>a", ["special"] = false });
        Assert.Equal([900, Id("a"), Id("<think>")], Read(json).Encode("<think>aa<think>"));
    }

    [Theory]
    [InlineData("model", "{\"type\":\"Unigram\",\"vocab\":{}}", "'Unigram'")]
    [InlineData("model", "{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"b\"}", "'b'")]
    [InlineData("model", "{\"type\":\"WordLevel\",\"vocab\":{\"a\":0,\"b\":0},\"unk_token\":\"b\"}", "'b'")]
    [InlineData("model", "{\"type\":\"WordLevel\",\"vocab\":{\"a\":-1,\"b\":0},\"unk_token\":\"b\"}", "'a'")]
    [InlineData("normalizer", "{\"type\":\"NFC\"}", "'NFC'")]
    [InlineData("pre_tokenizer", "{\"type\":\"ByteLevel\"}", "'ByteLevel'")]
    [InlineData("pre_tokenizer", "null", "null")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\s+\"},\"behavior\":\"Isolated\",\"invert\":false}", "pattern")]
    [InlineData(
        "pre_tokenizer",
        "{\"type\":\"Split\",\"pattern\":{\"Regex\":\" ?[A-Za-z]+| ?[0-9]{1,2}| ?[^\\\\sA-Za-z0-9]|\\\\s\"},\"behavior\":\"Removed\",\"invert\":false}",
        "Isolated")]
    [InlineData("decoder", "null", "null")]
    [InlineData("decoder", "{\"type\":\"ByteLevel\"}", "'ByteLevel'")]
    [InlineData("post_processor", "{\"type\":\"TemplateProcessing\"}", "'TemplateProcessing'")]
    [InlineData("added_tokens", "[{\"id\":900,\"content\":\"\"}]", "added token")]
    [InlineData("added_tokens", "[{\"id\":900,\"content\":\"a\"}]", "'a'")]
    [InlineData("added_tokens", "[{\"id\":0,\"content\":\"<new>\"}]", "'<new>'")]
    [InlineData("added_tokens", "[{\"id\":900,\"content\":\"<new>\",\"lstrip\":true}]", "'lstrip'")]
    public void Should_RefuseByName_When_PartIsNotSupported(string key, string value, string named)
    {
        JsonObject json = Json();
        json[key] = JsonNode.Parse(value);
        Assert.Contains(named, Assert.Throws<UserErrorException>(() => Read(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_CopyBytes_When_FilesGoToAnotherFolder()
    {
        using Fixture temporary = new();
        string target = Path.Combine(temporary.Folder, "new");
        CheckpointFolder.CopyTokenizer(Folder, target);
        Assert.Equal(["tokenizer.json", "tokenizer_config.json"], Directory.GetFiles(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "tokenizer.json")), File.ReadAllBytes(Path.Combine(target, "tokenizer.json")));
        Assert.Throws<UserErrorException>(() => CheckpointFolder.CopyTokenizer(temporary.Folder, target));
    }

    private static int Id(string token) => World.IdOf(token)!.Value;

    private static JsonObject Json() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "tokenizer.json")))!.AsObject();

    private static Tokenizer Read(JsonObject json) => TokenizerReader.Read(JsonNode.Parse(json.ToJsonString())!.AsObject(), "tokenizer.json");
}
