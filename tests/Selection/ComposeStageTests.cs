using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

public class ComposeStageTests
{
    [Fact]
    public void Should_PairPromptAndResponseByMode_When_Composed()
    {
        using TestPool pool = TestPool.Of(30);
        pool.Selection = ["q00007", "q00003"];
        Assert.Equal(
            [
                new TrainingExample("q00007", "Think: text of q00007", "<think> thinking of q00007 </think> answer of q00007", "System2"),
                new TrainingExample("q00003", "Think: text of q00003", "<think> thinking of q00003 </think> answer of q00003", "System2"),
            ],
            Compose(pool, "System2"));
        Assert.Equal(
            [
                new TrainingExample("q00007", "Direct: text of q00007", "answer of q00007", "System1"),
                new TrainingExample("q00003", "Direct: text of q00003", "answer of q00003", "System1"),
            ],
            Compose(pool, "System1"));
    }

    [Fact]
    public void Should_FollowTheJudgements_When_MixedByDifficulty()
    {
        using TestPool pool = TestPool.Of(130);
        pool.Selection = [.. pool.Questions.Select(row => row.Id)];
        List<TrainingExample> examples = Compose(pool, "Difficulty");
        Assert.All(examples.Zip(pool.Judgements), pair => Assert.Equal(pair.Second.Agree ? "System1" : "System2", pair.First.Mode));
        Assert.Equal((80L, 50L), (pool.Result.Counts["system2"], pool.Result.Counts["system1"]));
        Assert.Contains("'judgements'", Assert.Throws<UserErrorException>(() => Compose(pool, "Difficulty", "judgements")).Message);
        pool.Judgements.RemoveAt(5);
        Assert.Contains("'q00005'", Assert.Throws<UserErrorException>(() => Compose(pool, "Difficulty")).Message);
    }

    [Fact]
    public void Should_KeepQuestionsAndTheirOrder_When_TheMixChanges()
    {
        using TestPool pool = TestPool.Of(200);
        pool.Selection = pool.Select(Parameters.Of("Topics", 80));
        foreach (string mix in new[] { "System2", "System1", "Random0.4", "Difficulty" })
        {
            Assert.Equal(pool.Selection, Compose(pool, mix).Select(row => row.QuestionId));
        }
    }

    [Fact]
    public void Should_MeetTheRatioAndNest_When_MixedAtRandom()
    {
        // sd of the share at n = 1500: 0.0126
        using TestPool pool = TestPool.Of(1500);
        pool.Selection = [.. pool.Questions.Select(row => row.Id)];
        HashSet<string> previous = [];
        foreach (double p in new[] { 0.2, 0.4, 0.6 })
        {
            HashSet<string> system2 = System2(Compose(pool, FormattableString.Invariant($"Random{p}")));
            Assert.InRange(system2.Count / 1500.0, p - 0.05, p + 0.05);
            Assert.Subset(system2, previous);
            previous = system2;
        }

        Assert.Empty(System2(Compose(pool, "Random0")));
        Assert.Equal(1500, System2(Compose(pool, "Random1")).Count);
    }

    [Fact]
    public void Should_DependOnSeedAndNotOnRows_When_MixedAtRandom()
    {
        using TestPool pool = TestPool.Of(300);
        pool.Selection = [.. pool.Questions.Select(row => row.Id)];
        List<TrainingExample> examples = Compose(pool, "Random0.5");
        pool.Shuffle("x");
        Assert.Equal(examples, Compose(pool, "Random0.5"));
        Assert.NotEqual(System2(examples), System2(Compose(pool, "Random0.5", seed: "2")));
    }

    [Fact]
    public void Should_NameTheQuestion_When_ThereIsNothingToTrainOn()
    {
        using TestPool pool = TestPool.Of(3);
        pool.Selection = ["q00001"];
        pool.Traces[1] = pool.Traces[1] with { Thinking = " " };
        Assert.Contains("'q00001' has no thinking", Assert.Throws<UserErrorException>(() => Compose(pool, "System2")).Message);
        Assert.Single(Compose(pool, "System1"));
        pool.Traces[1] = pool.Traces[1] with { Answer = "" };
        Assert.Contains("'q00001' has no answer", Assert.Throws<UserErrorException>(() => Compose(pool, "System1")).Message);
        pool.Traces.RemoveAt(1);
        Assert.Contains("'q00001'", Assert.Throws<UserErrorException>(() => Compose(pool, "System1")).Message);
    }

    [Fact]
    public void Should_CarryWrongTraces_When_AShareIsCorrupted()
    {
        using TestPool pool = TestPool.Of(200);
        pool.Selection = [.. pool.Questions.Select(row => row.Id)];
        List<TrainingExample> clean = Compose(pool, "System2");
        foreach ((string share, int count) in new[] { ("0.25", 50), ("0.5", 100), ("1", 200) })
        {
            List<TrainingExample> examples = Compose(pool, "System2", more: $", \"corrupt\": {share}");
            Assert.Equal(clean.Select(row => (row.QuestionId, row.Prompt)), examples.Select(row => (row.QuestionId, row.Prompt)));
            TrainingExample[] wrong = [.. examples.Zip(clean).Where(pair => pair.First != pair.Second).Select(pair => pair.First)];
            Assert.Equal((count, (long)count), (wrong.Length, pool.Result.Counts["corrupted"]));

            // Trace and answer come from one other question.
            Assert.All(wrong, row => Assert.Contains(clean, other => other.Response == row.Response && other.QuestionId != row.QuestionId));
            Assert.Equal(examples, Compose(pool, "System2", more: $", \"corrupt\": {share}"));
            Assert.NotEqual(examples, Compose(pool, "System2", seed: "2", more: $", \"corrupt\": {share}"));
        }

        Assert.Equal(clean, Compose(pool, "System2"));
        Assert.DoesNotContain("corrupted", pool.Result.Counts.Keys);
    }

    [Fact]
    public void Should_GiveAnotherAnswer_When_ATraceIsWrong()
    {
        // Of a hundred answers all but one are equal, so that every wrong trace of the others is that one's.
        using TestPool pool = TestPool.Of(100);
        pool.Traces = [.. pool.Traces.Select((row, i) => row with { Answer = i == 7 ? "Answer: 7" : "Answer: 1" })];
        pool.Selection = [.. pool.Questions.Select(row => row.Id)];
        Assert.Equal(99, Compose(pool, "System1", more: ", \"corrupt\": 1").Count(row => row.Response == "Answer: 7"));

        pool.Traces = [.. pool.Traces.Select(row => row with { Answer = "Answer: 1" })];
        Assert.Contains("no question of the selection had another answer", Assert.Throws<UserErrorException>(() => Compose(pool, "System1", more: ", \"corrupt\": 0.1")).Message);
        Assert.Equal("corrupt", Assert.Throws<UserErrorException>(() => Compose(pool, "System1", more: ", \"corrupt\": 1.5")).Errors[0].Location);
    }

    private static HashSet<string> System2(IEnumerable<TrainingExample> examples) => [.. examples.Where(row => row.Mode == "System2").Select(row => row.QuestionId)];

    private static List<TrainingExample> Compose(TestPool pool, string mix, string? without = null, string seed = "1", string more = "")
    {
        pool.Run(new ComposeStage(), $$"""{"mix": "{{mix}}", "seed": {{seed}}, "think": "Think: {question}", "direct": "Direct: {question}"{{more}}}""", without is null ? [] : [without]);
        return JsonLines.Read<TrainingExample>(Path.Combine(pool.Output, "training.jsonl"));
    }
}
