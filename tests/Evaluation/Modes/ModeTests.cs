using NaturalThoughts.Evaluation.Modes;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests.Modes;

public class ModeTests
{
    // Right in 10, 50 and 100 tokens; wrong in 40.
    private static readonly ModeAnswer[] Answers = [Answer("a", 1, 10), Answer("b", 1, 50), Answer("c", 0, 40), Answer("d", 1, 100)];

    [Fact]
    public void Should_TellByContentAndByTag_When_AnAnswerIsRead()
    {
        Question question = new("q", "text", "12") { Meta = new(StringComparer.Ordinal) { ["level"] = "3" } };
        ModeAnswer spoken = ModeAnswer.Of(new Grade("q", "p", "17 - 5 = 12 . Answer: 12", "12", true, 14, false), question);
        ModeAnswer empty = ModeAnswer.Of(new Grade("q", "p", "<think> </think> Answer: 12", null, false, 7, true) { Credit = 0.25 }, null);

        Assert.Equal(new ModeAnswer("q", "3", 1, 14, Opens: false, Unclosed: false, Reasons: true, Unparsed: false, Truncated: false), spoken);
        Assert.Equal(new ModeAnswer("q", null, 0.25, 7, Opens: true, Unclosed: false, Reasons: false, Unparsed: true, Truncated: true), empty);
        Assert.True(ModeAnswer.Of(new Grade("q", "p", "<think> 17 - 5 = 12 . Answer: 12", null, false, 9, false), null).Unclosed);
    }

    [Fact]
    public void Should_SumUp_When_AnswersAreGiven()
    {
        ModeSummary summary = ModeSummary.Of(
            [.. Answers, Answer("e", 0, 300) with { Opens = true, Unclosed = true, Reasons = true, Unparsed = true, Truncated = true }]);

        // Ordered 10, 40, 50, 100, 300: the third and, of 95 %, the fifth.
        Assert.Equal(new ModeSummary(5, 0.6, 100, 50, 300, 0.2, 0.2, 0.2, 0.2, 0.2), summary);
        Assert.Equal(10, ModeSummary.Of([Answers[0]]).HighTokens);
        Assert.Equal((10, 19), (ModeSummary.Of(Numbered(20)).MedianTokens, ModeSummary.Of(Numbered(20)).HighTokens));
        Assert.Throws<ArgumentException>(() => ModeSummary.Of([]));
    }

    [Theory]
    [InlineData(9, 0.0)]
    [InlineData(10, 0.25)]
    [InlineData(50, 0.5)]
    [InlineData(1000, 0.75)]
    public void Should_CountOnlyShortAnswers_When_ABudgetIsGiven(int budget, double accuracy) =>
        Assert.Equal(accuracy, ModeSummary.AccuracyWithin(Answers, budget));

    [Fact]
    public void Should_BeTheAreaUnderTheBudgets_When_TheScaleIsGiven()
    {
        // Right answers are worth 0.9, 0.5 and 0 of one, of four.
        Assert.Equal((0.9 + 0.5) / 4, ModeSummary.ThinkingAuc(Answers, 100), 1e-12);

        // The mean over thresholds t = 1 ... scale of "right in less than t + 1/2 tokens" is that area, up to half a token of each.
        double area = Enumerable.Range(0, 1000).Average(t => ModeSummary.AccuracyWithin(Answers, t));
        Assert.Equal(area, ModeSummary.ThinkingAuc(Answers, 1000), 1e-12);
        Assert.Equal(0, ModeSummary.ThinkingAuc(Answers, 10), 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.5, 0.5)]
    [InlineData(0.75, 0.25, 0.375)]
    [InlineData(0, 0.9, 0)]
    [InlineData(0, 0, 0)]
    public void Should_BeTheHarmonicMean_When_EasyAndHardAreJoined(double auc, double hard, double joined) =>
        Assert.Equal(joined, ModeSummary.Joined(auc, hard), 1e-12);

    [Fact]
    public void Should_TakeTheShorterRightAnswer_When_AnOracleChooses()
    {
        ModeAnswer[] think = [Answer("a", 1, 80), Answer("b", 1, 60), Answer("c", 0, 90), Answer("d", 0, 70)];
        ModeAnswer[] direct = [Answer("a", 1, 4), Answer("b", 0, 4), Answer("c", 1, 6), Answer("d", 0, 4)];

        // a: both right, 4 tokens; b: think, 60; c: direct, 6; d: neither, the cheaper one, 4.
        Assert.Equal(new OracleRoute(0.75, (4 + 60 + 6 + 4) / 4.0), OracleRoute.Of([think, direct]));
        Assert.Equal(new OracleRoute(0.5, 75), OracleRoute.Of([think]));
        Assert.Throws<ArgumentException>(() => OracleRoute.Of([think, [.. direct.Reverse()]]));
        Assert.Throws<ArgumentException>(() => OracleRoute.Of([]));
    }

    private static ModeAnswer[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(i => Answer($"q{i}", 1, i))];

    private static ModeAnswer Answer(string id, double score, int tokens) => new(id, "1", score, tokens, false, false, false, false, false);
}
