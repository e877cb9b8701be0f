using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Chat;

/// <summary>One fact in four files: where they differ, Transformers' ids would be others than tokenizer.json's, or depend on its version.</summary>
public class TokenAgreementTests
{
    private const string Decoder = """{"added_tokens_decoder": {"0": {"content": "<|pad|>", "special": true, "normalized": false, "lstrip": false, "rstrip": false, "single_word": false}, "4": {"content": "<|end|>", "special": true}}}""";

    [Theory]
    [InlineData("tokenizer_config.json", Decoder)]
    [InlineData("tokenizer_config.json", """{"extra_special_tokens": ["<|user|>"], "additional_special_tokens": ["<|user|>", "<think>"], "bos_token": null}""")]
    [InlineData(
        "tokenizer_config.json",
        """{"extra_special_tokens": {"user_token": "<|user|>"}, "bos_token": {"__type": "AddedToken", "content": "<|user|>", "normalized": true}}""")]
    [InlineData(
        "special_tokens_map.json",
        """{"eos_token": {"content": "<|end|>", "lstrip": false}, "pad_token": "<|pad|>", "additional_special_tokens": ["<|user|>"]}""")]
    [InlineData("special_tokens_map.json", "{}")]
    [InlineData("added_tokens.json", """{"<|pad|>": 0, "<think>": 5}""")]
    public void Should_Read_When_AllFilesAgree(string file, string json) => Load(file, json);

    [Theory]
    [InlineData(
        "tokenizer_config.json", """{"added_tokens_decoder": {"7": {"content": "<|pad|>"}}}""",
        "'<|pad|>' has the id 7 here, and tokenizer.json gives it the id 0")]
    [InlineData(
        "tokenizer_config.json", """{"added_tokens_decoder": {"74": {"content": "<|new|>"}}}""",
        "'<|new|>' has the id 74 here, and tokenizer.json has no such token")]
    [InlineData(
        "tokenizer_config.json", """{"added_tokens_decoder": {"5": {"content": "<think>", "special": true}}}""",
        "'special' of the token '<think>' is true here and false")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"5": {"content": "<think>", "lstrip": true}}}""", "'lstrip' of the token '<think>'")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"48": {"content": "0"}}}""", "'0' is an added token here and a plain one")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"x": {"content": "<think>"}}}""", "'x' is no token")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": []}""", "an object is needed")]
    [InlineData("tokenizer_config.json", """{"bos_token": "<s>"}""", "The bos_token '<s>' is no token of the tokenizer")]
    [InlineData("tokenizer_config.json", """{"bos_token": "0"}""", "'0' is a plain token")]
    [InlineData("tokenizer_config.json", """{"extra_special_tokens": ["<|image|>"]}""", "The extra_special_tokens '<|image|>' is no token")]
    [InlineData("tokenizer_config.json", """{"extra_special_tokens": {"image_token": "<|image|>"}}""", "'<|image|>'")]
    [InlineData("tokenizer_config.json", """{"extra_special_tokens": [7]}""", "7 is no token")]
    [InlineData("tokenizer_config.json", """{"additional_special_tokens": ["<|x|>"]}""", "'<|x|>'")]
    [InlineData("special_tokens_map.json", """{"eos_token": "<|user|>"}""", "'<|user|>' here and '<|end|>' in tokenizer_config.json")]
    [InlineData("special_tokens_map.json", """{"bos_token": {"content": "<|user|>"}}""", "'<|user|>' here and not stated")]
    [InlineData("special_tokens_map.json", """{"additional_special_tokens": ["<|x|>"]}""", "'<|x|>'")]
    [InlineData("added_tokens.json", """{"<|pad|>": 3}""", "'<|pad|>' has the id 3 here")]
    [InlineData("added_tokens.json", """{"<|x|>": 99}""", "has no such token")]
    public void Should_NameFileAndToken_When_OneContradicts(string file, string json, string named)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Load(file, json));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Errors, one => one.Location!.Contains(file, StringComparison.Ordinal));
    }

    /// <summary>tokenizers 0.20 to 0.23 number tokens that the vocabulary lacks from its size on, whatever the file says.</summary>
    [Fact]
    public void Should_Warn_When_TheReferenceWouldGiveAnotherId()
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(Fixture.Path("world-tokenizer", "tokenizer.json")))!.AsObject();
        Add(json, "<|a|>", 74);
        Add(json, "<|b|>", 75);
        Assert.Empty(TokenAgreement.Warnings("x", TokenizerReader.Read(json, "x")));
        Add(json, "<|c|>", 80);
        Assert.Contains(
            "'<|c|>' has the id 80, behind a gap; Transformers gives it 76", Assert.Single(TokenAgreement.Warnings("x", TokenizerReader.Read(json, "x"))),
            StringComparison.Ordinal);
    }

    private static void Add(JsonObject json, string text, int id)
    {
        JsonObject token = json["added_tokens"]![0]!.DeepClone().AsObject();
        (token["content"], token["id"]) = (text, id);
        json["added_tokens"]!.AsArray().Add(token);
    }

    private static void Load(string file, string json)
    {
        using Fixture folder = new();
        JsonObject config = JsonNode.Parse(File.ReadAllText(Fixture.Path("world-tokenizer", "tokenizer_config.json")))!.AsObject();
        if (file == "tokenizer_config.json")
        {
            foreach ((string key, JsonNode? value) in JsonNode.Parse(json)!.AsObject())
            {
                config[key] = value?.DeepClone();
            }
        }
        else
        {
            folder.File(file, json);
        }

        folder.File("tokenizer_config.json", config.ToJsonString());
        ChatFormat.Load(folder.Folder, Tokenizer.Load(Fixture.Path("world-tokenizer")));
    }
}
