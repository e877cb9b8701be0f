using NaturalThoughts.Records;
using NaturalThoughts.Selection.Methods;

namespace NaturalThoughts.Selection.Tests.Methods;

public class LongReasoningSelectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(2.5)]
    [InlineData(3)]
    public void Should_EqualThePower_When_TracesAreShort(double tau)
    {
        // Expected values from Math.Pow, tolerance 1e-15.
        LongReasoningOptions options = new() { C = 5000, Tau = tau };
        foreach (int tokens in new[] { 0, 1, 37, 1250, 2500, 4999 })
        {
            Assert.Equal(Math.Pow(tokens / 5000.0, tau), LongReasoningSelector.Acceptance(tokens, options), 1e-15);
        }

        Assert.Equal(1, LongReasoningSelector.Acceptance(5000, options));
        Assert.Equal(1, LongReasoningSelector.Acceptance(16384, options));
    }

    [Fact]
    public void Should_AcceptAboutP_When_AllTracesHaveOneLength()
    {
        // p = 0.25^1.5 = 0.125; 5,000 draws: sd 0.0047. How many one pass accepts is read off the error.
        using TestPool pool = Uniform(5_000, 150);
        string message = pool.Refused(Parameters.Of("LongReasoning", 5_000)).Message;
        int accepted = int.Parse(message.Split(": ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(accepted / 5_000.0, 0.125 - 0.02, 0.125 + 0.02);

        // And exactly that many can be selected.
        Assert.Equal(accepted, pool.Select(Parameters.Of("LongReasoning", accepted)).Count);
        Assert.Contains("in one pass", pool.Refused(Parameters.Of("LongReasoning", accepted + 1)).Message);
    }

    [Fact]
    public void Should_WeighByP_When_LengthsDiffer()
    {
        // Half of the traces have p = 0.125, half p = 1: one in nine of the accepted is short (sd 0.022 at n = 200).
        using TestPool pool = Uniform(4000, 150);
        pool.Traces = [.. pool.Traces.Select((trace, i) => i % 2 == 0 ? trace : trace with { Tokens = 700 })];
        HashSet<string> ids = [.. pool.Select(Parameters.Of("LongReasoning", 900))];
        double shortShare = pool.Traces.Count(trace => trace.Tokens == 150 && ids.Contains(trace.QuestionId)) / 900.0;
        Assert.InRange(shortShare, (1 / 9.0) - 0.035, (1 / 9.0) + 0.035);
    }

    [Fact]
    public void Should_ExtendTheSelection_When_MoreAreAsked()
    {
        using TestPool pool = TestPool.Of(2000);
        List<string> few = pool.Select(Parameters.Of("LongReasoning", 50));
        Assert.Equal(few, pool.Select(Parameters.Of("LongReasoning", 200)).Take(50));
    }

    [Fact]
    public void Should_WalkTheSeededPermutation_When_EveryTraceIsAccepted()
    {
        // p = 1 throughout: what is selected is the head of the permutation, so two seeds share about 50 / 950 (0.05).
        using TestPool pool = Uniform(500, 600);
        Assert.True(Overlap.Jaccard(pool.Select(Parameters.Of("LongReasoning", 50, "1")), pool.Select(Parameters.Of("LongReasoning", 50, "2"))) < 0.2);
    }

    [Fact]
    public void Should_NeverAccept_When_TheTraceIsEmpty()
    {
        using TestPool pool = Uniform(100, 0);
        Assert.Contains("0 of 100 candidates", pool.Refused(Parameters.Of("LongReasoning", 1)).Message);
    }

    private static TestPool Uniform(int n, int tokens)
    {
        TestPool pool = TestPool.Of(n);
        pool.Traces = [.. pool.Traces.Select(trace => trace with { Tokens = tokens })];
        return pool;
    }
}
