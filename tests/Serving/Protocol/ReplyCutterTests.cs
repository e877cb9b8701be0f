using NaturalThoughts.Serving.Protocol;

namespace NaturalThoughts.Serving.Tests.Protocol;

public sealed class ReplyCutterTests
{
    [Theory]
    [InlineData("ab|cd|ef", "cd", "ab", 2)]
    [InlineData("a|b|c|d", "bc", "a", 3)] // cut in two
    [InlineData("a|b|x|b|c", "bc", "abx", 5)] // held back, and sent after all
    [InlineData("abc|def", "zz;c", "ab", 1)]
    [InlineData("abc|def", "ef;cd", "ab", 2)] // the earliest of several
    [InlineData("aa|ab", "aab", "a", 2)] // overlaps itself
    [InlineData("ab|c", "x", "abc", 2)]
    public async Task Should_EndBeforeTheStopText_When_TheAnswerHasIt(string pieces, string stops, string expected, int tokens)
    {
        List<ReplyPiece> cut = await CutAsync([.. pieces.Split('|').Select(text => new ReplyPiece(text)), End()], stops.Split(';'), null);
        Assert.Equal(expected, string.Concat(cut.Select(piece => piece.Text)));
        Assert.Equal(tokens, cut.Sum(piece => piece.Tokens));
        Assert.Equal("stop", Assert.Single(cut, piece => piece.FinishReason is not null).FinishReason);
        Assert.NotNull(cut[^1].FinishReason);
    }

    [Fact]
    public async Task Should_LeaveThinkingAlone_When_ItHoldsAStopText()
    {
        List<ReplyPiece> cut = await CutAsync([new ReplyPiece("a\n\nb") { IsReasoning = true }, new ReplyPiece("c\n\nd"), End()], ["\n\n"], null);
        Assert.Equal("a\n\nbc", string.Concat(cut.Select(piece => piece.Text)));
    }

    [Theory]
    [InlineData(1, "a", "length")]
    [InlineData(2, "ab", "stop")]
    [InlineData(9, "ab", "stop")]
    public async Task Should_EndAtTheLimit_When_TheReplyIsLonger(int limit, string expected, string reason)
    {
        List<ReplyPiece> cut = await CutAsync([new ReplyPiece("a"), new ReplyPiece("b"), End()], [], limit);
        Assert.Equal((expected, reason), (string.Concat(cut.Select(piece => piece.Text)), cut[^1].FinishReason));
    }

    private static ReplyPiece End() => new("") { Tokens = 0, FinishReason = "stop" };

    private static async Task<List<ReplyPiece>> CutAsync(ReplyPiece[] pieces, string[] stop, int? limit)
    {
        List<ReplyPiece> cut = [];
        await foreach (ReplyPiece piece in ReplyCutter.CutAsync(pieces.ToAsyncEnumerable(), stop, limit, CancellationToken.None))
        {
            cut.Add(piece);
        }

        return cut;
    }
}
