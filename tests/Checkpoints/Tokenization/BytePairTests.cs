using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>Byte-level BPE against what tokenizers 0.23.3 computed (Fixtures/ORIGIN.md), token for token.</summary>
public class BytePairTests
{
    private static readonly Tokenizer Llama = Tokenizer.Load(Fixture.Path("tokenizers", "llama-style"));
    private static readonly Tokenizer Qwen = Tokenizer.Load(Fixture.Path("tokenizers", "qwen-style"));

    [Theory]
    [InlineData("llama-style")]
    [InlineData("qwen-style")]
    public void Should_AgreeWithReference_When_FixturesAreEncodedAndDecoded(string name)
    {
        Encodings.Check(Fixture.Path("tokenizers", name), Tokenizer.Load(Fixture.Path("tokenizers", name)));
    }

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
}
