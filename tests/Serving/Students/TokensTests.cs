using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Serving.Students;

namespace NaturalThoughts.Serving.Tests.Students;

public sealed class TokensTests
{
    private static readonly Tokens Small = new(Tokenizer.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures", "tokenizers", "llama-style")));

    [Fact]
    public void Should_BeThoseOfTheSoftmax_When_LogitsAreGiven()
    {
        // Python: math.log(math.exp(v) / sum of math.exp) of [1, 3, 3, 0].
        TokenLogprob token = Small.Logprob([1, 3, 3, 0], 0, 3);
        Assert.Equal(-2.781671823, token.Logprob, 1e-9);
        Assert.Equal([-0.781671823, -0.781671823, -2.781671823], token.Top.Select(other => Math.Round(other.Logprob, 9)));
        Assert.Equal(Small.Logprob([1, 3, 3, 0], 1, 0).Token, token.Top[0].Token); // the lower id of equal ones
    }

    [Fact]
    public void Should_BeANumber_When_ATokenIsImpossible() =>
        Assert.Equal([0, -9999], Small.Logprob([0, float.NegativeInfinity], 0, 2).Top.Select(other => other.Logprob));
}
