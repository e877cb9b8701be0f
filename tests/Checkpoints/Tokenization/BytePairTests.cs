using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>Byte-level BPE against what tokenizers 0.23.3 computed (Fixtures/ORIGIN.md), token for token, and against its definition.</summary>
public class BytePairTests
{
    private static readonly Tokenizer Llama = SmallTokenizers.Read(SmallTokenizers.Llama());
    private static readonly Tokenizer Qwen = SmallTokenizers.Read(SmallTokenizers.Qwen());

    [Fact]
    public void Should_AgreeWithReference_When_LlamaStyleEncodesTheFixture() => Encodings.Check(Fixture.Path("tokenizers", "llama-style"), Llama);

    [Fact]
    public void Should_AgreeWithReference_When_QwenStyleEncodesTheFixture() => Encodings.Check(Fixture.Path("tokenizers", "qwen-style"), Qwen);

    [Fact]
    public void Should_LeaveSpecialTokensPlain_When_TheyStandInUserText()
    {
        int end = Llama.IdOf("<|eot_id|>")!.Value;
        Assert.Contains(end, Llama.Encode("a<|eot_id|>", parseSpecial: true));
        Assert.DoesNotContain(end, Llama.Encode("a<|eot_id|>"));
        Assert.Equal("a<|eot_id|>", Llama.Decode(Llama.Encode("a<|eot_id|>")));
        Assert.Equal("a", Llama.Decode(Llama.Encode("a<|eot_id|>", parseSpecial: true)));
        Assert.Contains(Qwen.IdOf("<tool_call>")!.Value, Qwen.Encode("a<tool_call>"));
    }

    [Fact]
    public void Should_PutTheFrameAround_When_ThePostProcessorHasOne()
    {
        int begin = Llama.IdOf("<|begin_of_text|>")!.Value;
        Assert.Equal([begin], Llama.EncodeWithSpecial(""));
        Assert.Equal([begin, begin, .. Llama.Encode("a")], Llama.EncodeWithSpecial("<|begin_of_text|>a", parseSpecial: true));
        Assert.Equal(Qwen.Encode("a"), Qwen.EncodeWithSpecial("a"));
    }

    [Fact]
    public void Should_NestFrames_When_TemplatesFollowEachOther()
    {
        JsonObject json = SmallTokenizers.Llama();
        json["post_processor"]!["processors"]!.AsArray().Add(JsonNode.Parse(
            """
            {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"y","type_id":0}}],
             "pair":[],"special_tokens":{"x":{"id":"x","ids":[1,2],"tokens":["a","b"]},"y":{"id":"y","ids":[3],"tokens":["c"]}}}
            """));
        Assert.Equal([1, 2, Llama.IdOf("<|begin_of_text|>")!.Value, .. Llama.Encode("a"), 3], SmallTokenizers.Read(json).EncodeWithSpecial("a"));
    }

    [Fact]
    public void Should_TakeTheWholePiece_When_MergesAreIgnored()
    {
        JsonObject json = SmallTokenizers.Llama();
        Assert.Equal([Llama.IdOf("Ġquuxification")!.Value], Llama.Encode(" quuxification"));
        json["model"]!["ignore_merges"] = false;
        int[] ids = SmallTokenizers.Read(json).Encode(" quuxification");
        Assert.True(ids.Length > 1);
        Assert.Equal(SmallTokenizers.Naive(json, " quuxification"), ids);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_MergeAsDefined_When_PiecesAreRandom(bool repeatedMerges)
    {
        JsonObject json = SmallTokenizers.Qwen();
        JsonArray merges = json["model"]!["merges"]!.AsArray();
        for (int i = 0; repeatedMerges && i < 60; i++)
        {
            merges.Add(merges[i]!.DeepClone());
        }

        Tokenizer tokenizer = SmallTokenizers.Read(json);
        foreach (string piece in SmallTokenizers.Pieces(2000))
        {
            Assert.Equal(SmallTokenizers.Naive(json, piece), tokenizer.Encode(piece));
        }
    }

    [Fact]
    public void Should_ReadBothSpellings_When_MergesAreStringsOrPairs()
    {
        JsonObject json = SmallTokenizers.Qwen();
        JsonArray pairs = json["model"]!["merges"]!.AsArray();
        json["model"]!["merges"] = new JsonArray([.. pairs.Select(pair => JsonValue.Create($"{pair![0]} {pair[1]}"))]);
        Encodings.Check(Fixture.Path("tokenizers", "qwen-style"), SmallTokenizers.Read(json));
    }

    [Fact]
    public void Should_GiveTheTextBack_When_AnythingIsEncoded()
    {
        foreach (string text in NastyTexts.Draw(2000, "round trip"))
        {
            Assert.Equal(Llama.Normalize(text), Llama.Decode(Llama.Encode(text), skipSpecial: false));
            Assert.Equal(Qwen.Normalize(text), Qwen.Decode(Qwen.Encode(text), skipSpecial: false));
        }
    }

    [Fact]
    public void Should_StayFast_When_OnePieceIsTheWholeText()
    {
        // Quadratic time would be hours.
        string text = string.Concat(SmallTokenizers.Pieces(60_000));
        Assert.InRange(text.Length, 500_000, int.MaxValue);
        Assert.Equal(text, Llama.Decode(Llama.Encode(text)));
        Assert.Equal(text.Length, Llama.Decode(Llama.Encode(new string('t', text.Length))).Length);
    }

    [Fact]
    public void Should_GiveTheSameIds_When_ThreadsShareTheCache()
    {
        List<string> texts = NastyTexts.Draw(500, "threads");
        int[][] alone = [.. texts.Select(text => Llama.Encode(text))];
        Tokenizer shared = SmallTokenizers.Read(SmallTokenizers.Llama());
        Parallel.For(
            0, 8 * texts.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Assert.Equal(alone[i % texts.Count], shared.Encode(texts[i % texts.Count])));
    }

    [Fact]
    public void Should_ReplaceWhatIsNoText_When_SurrogatesOrBytesAreHalved()
    {
        Assert.Equal(Llama.Encode("a\uFFFD\uFFFDb"), Llama.Encode("a\ud83d\ud83db"));
        Assert.Equal(Qwen.Encode("é\uFFFD"), Qwen.Encode("e\u0301\ude00"));
        Assert.Equal("é\uFFFD", Qwen.Normalize("e\u0301\ude00"));
        int[] smile = Llama.Encode("😀");
        Assert.Equal("\uFFFDa", Llama.Decode([.. smile[..^1], .. Llama.Encode("a")]));
        Assert.Equal("", Llama.Decode([-1, Llama.VocabularySize, int.MaxValue]));
        Assert.Null(Llama.UnknownId);
    }
}
