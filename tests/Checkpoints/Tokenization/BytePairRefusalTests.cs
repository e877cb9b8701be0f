using System.Diagnostics;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>Whatever would change ids and is not understood is refused by name; what changes nothing is read.</summary>
public class BytePairRefusalTests
{
    private const string Bytes = """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}""";

    [Theory]
    [InlineData("normalizer", """{"type":"NFKC"}""", "'NFKC'")]
    [InlineData("normalizer", """{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Lowercase"}]}""", "'Lowercase'")]
    [InlineData("pre_tokenizer", "null", "null")]
    [InlineData("pre_tokenizer", Bytes, "'ByteLevel'")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true},""" + Bytes + "]}", "'Digits'")]
    [InlineData(
        "pre_tokenizer",
        """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\s+"},"behavior":"Isolated","invert":false},""" + Bytes + "]}", "pattern")]
    [InlineData("decoder", "null", "null")]
    [InlineData("decoder", """{"type":"Metaspace"}""", "'Metaspace'")]
    [InlineData("post_processor", """{"type":"BertProcessing"}""", "'BertProcessing'")]
    [InlineData(
        "post_processor", """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}},{"Sequence":{"id":"A"}}],"special_tokens":{}}""",
        "special_tokens")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[],"special_tokens":{}}""", "0 times")]
    [InlineData("added_tokens", """[{"id":900,"content":"<new>","rstrip":true}]""", "'rstrip'")]
    [InlineData("added_tokens", """[{"id":900,"content":"<new>","single_word":true}]""", "'single_word'")]
    public void Should_RefuseByName_When_PartIsNotSupported(string key, string value, string named)
    {
        JsonObject json = SmallTokenizers.Qwen();
        json[key] = JsonNode.Parse(value);
        Refused(json, named);
    }

    [Theory]
    [InlineData("dropout", "0.1", "'dropout'")]
    [InlineData("unk_token", "\"<unk>\"", "'unk_token'")]
    [InlineData("continuing_subword_prefix", "\"##\"", "'continuing_subword_prefix'")]
    [InlineData("end_of_word_suffix", "\"</w>\"", "'end_of_word_suffix'")]
    [InlineData("fuse_unk", "true", "'fuse_unk'")]
    [InlineData("byte_fallback", "true", "'byte_fallback'")]
    [InlineData("ignore_merges", "1", "'ignore_merges'")]
    [InlineData("max_input_chars_per_word", "100", "'max_input_chars_per_word'")]
    [InlineData("vocab", "{\"a\":0}", "'Ā'")]
    [InlineData("merges", "[\"th\"]", "\"th\"")]
    [InlineData("merges", "[[\"t\",\"h\",\"e\"]]", "merge")]
    [InlineData("merges", "[[\"z\",\"z\"]]", "merge")]
    public void Should_RefuseByName_When_ModelIsOfAnotherKind(string key, string value, string named)
    {
        JsonObject json = SmallTokenizers.Qwen();
        json["model"]![key] = JsonNode.Parse(value);
        Refused(json, named);
    }

    [Theory]
    [InlineData("add_prefix_space", "true")]
    [InlineData("use_regex", "true")]
    [InlineData("use_regex", "null")]
    [InlineData("lowercase", "true")]
    public void Should_RefuseByName_When_ByteLevelDoesMore(string key, string value)
    {
        JsonObject json = SmallTokenizers.Qwen();
        json["pre_tokenizer"]!["pretokenizers"]![1]![key] = JsonNode.Parse(value);
        Refused(json, $"'{key}'");
    }

    [Theory]
    [InlineData("behavior", "\"Removed\"")]
    [InlineData("invert", "true")]
    public void Should_RefuseByName_When_SplitDropsPieces(string key, string value)
    {
        JsonObject json = SmallTokenizers.Qwen();
        json["pre_tokenizer"]!["pretokenizers"]![0]![key] = JsonNode.Parse(value);
        Refused(json, "Isolated");
    }

    [Fact]
    public void Should_ReadOn_When_SettingsAreNeutral()
    {
        JsonObject json = SmallTokenizers.Qwen();
        JsonNode model = json["model"]!;
        (model["dropout"], model["continuing_subword_prefix"], model["end_of_word_suffix"]) = (0.0, "", "");
        json["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[{"type":"Sequence","normalizers":[]},{"type":"NFC"}]}""");
        Encodings.Check(Fixture.Path("tokenizers", "qwen-style"), SmallTokenizers.Read(json));
    }

    [Fact]
    public void Should_LookForTokensInNormalisedText_When_TheyAskForIt()
    {
        JsonObject json = SmallTokenizers.Qwen();
        json["added_tokens"]!.AsArray().Add(JsonNode.Parse("""{"id":900,"content":"e\u0301x","normalized":true,"special":false}"""));
        json["added_tokens"]!.AsArray().Add(JsonNode.Parse("""{"id":901,"content":"o\u0301x","normalized":false,"special":false}"""));
        Tokenizer tokenizer = SmallTokenizers.Read(json);

        Assert.Equal([900, 900], tokenizer.Encode("e\u0301x\u00E9x"));
        Assert.Equal([901, .. tokenizer.Encode("\u00F3x")], tokenizer.Encode("o\u0301x\u00F3x"));
        Assert.DoesNotContain(901, tokenizer.Encode("\u00F3x"));
    }

    [Fact]
    public void Should_RefuseNfc_When_TheRuntimeDoesNotNormalise()
    {
        Assert.Equal("1 characters", Program("qwen-style", invariant: false));
        Assert.Contains("'NFC' needs ICU", Program("qwen-style", invariant: true), StringComparison.Ordinal);
        Assert.Equal("2 characters", Program("llama-style", invariant: true));
    }

    private static void Refused(JsonObject json, string named) =>
        Assert.Contains(named, Assert.Throws<UserErrorException>(() => SmallTokenizers.Read(json)).Message, StringComparison.Ordinal);

    /// <summary>What this assembly prints as a process, with or without globalisation.</summary>
    private static string Program(string name, bool invariant)
    {
        ProcessStartInfo start =
            new("dotnet", [typeof(BytePairRefusalTests).Assembly.Location, Fixture.Path("tokenizers", name)]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = invariant ? "1" : "0";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }
}
