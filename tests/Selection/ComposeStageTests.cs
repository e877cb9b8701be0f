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
        Assert.Contains(
            "no question of the selection had another answer",
            Assert.Throws<UserErrorException>(() => Compose(pool, "System1", more: ", \"corrupt\": 0.1")).Message);
        Assert.Equal("corrupt", Assert.Throws<UserErrorException>(() => Compose(pool, "System1", more: ", \"corrupt\": 1.5")).Errors[0].Location);
    }

    [Fact]
    public void Should_HaveTheSameNumberElsewhere_When_DrawnAsDifficulty()
    {
        using TestPool pool = TestPool.Of(1300);
        pool.Selection = [.. pool.Questions.Select(row => row.Id)];
        HashSet<string> difficult = System2(Compose(pool, "Difficulty")), drawn = System2(Compose(pool, "RandomAsDifficulty"));

        // 8 of 13 disagree; of drawn ones 8 of 13 are among the difficult by chance: 492, sd 8.5 (hypergeometric).
        Assert.Equal((800, 800), (difficult.Count, drawn.Count));
        Assert.InRange(drawn.Intersect(difficult).Count(), 492 - 34, 492 + 34);
        Assert.NotEqual(drawn, System2(Compose(pool, "RandomAsDifficulty", seed: "2")));
        Assert.Subset(drawn, System2(Compose(pool, "Random0.5"))); // the same draws: a smaller share is a part
        Assert.Contains("'judgements'", Assert.Throws<UserErrorException>(() => Compose(pool, "RandomAsDifficulty", "judgements")).Message);
    }

    [Fact]
    public void Should_TakeTheInstructionOfAShareOfBothKinds_When_SomeIsDropped()
    {
        using TestPool pool = TestPool.Of(1500);
        pool.Selection = [.. pool.Questions.Select(row => row.Id)];
        List<TrainingExample> all = Compose(pool, "Random0.4"), some = Compose(pool, "Random0.4", dropout: 0.2), more = Compose(
            pool, "Random0.4", dropout: 0.5);
        HashSet<string> Bare(IEnumerable<TrainingExample> rows) =>
            [.. rows.Where(row => row.Prompt.StartsWith("Adaptive: ", StringComparison.Ordinal)).Select(row => row.QuestionId)];

        // Kinds and responses stay; of 600 and 900 a fifth is bare: sd 9.8 and 12.
        Assert.Equal(all.Select(row => (row.QuestionId, row.Response, row.Mode)), some.Select(row => (row.QuestionId, row.Response, row.Mode)));
        Assert.Empty(Bare(all));
        Assert.InRange(Bare(some.Where(row => row.Mode == "System2")).Count, 120 - 45, 120 + 45);
        Assert.InRange(Bare(some.Where(row => row.Mode == "System1")).Count, 180 - 45, 180 + 45);
        Assert.Subset(Bare(more), Bare(some));
        Assert.All(
            some.Where(row => !Bare(some).Contains(row.QuestionId)),
            row => Assert.StartsWith(row.Mode == "System2" ? "Think: " : "Direct: ", row.Prompt, StringComparison.Ordinal));
        Assert.Equal(1500, Bare(Compose(pool, "Random0.4", dropout: 1)).Count);
    }

    [Fact]
    public void Should_CountByDomainAndLevel_When_Composed()
    {
        using TestPool pool = TestPool.Of(130);
        pool.Questions[0].Meta["domain"] = "law";
        pool.Questions[1].Meta["domain"] = "law";
        pool.Selection = [.. pool.Questions.Select(row => row.Id)];
        List<TrainingExample> examples = Compose(pool, "Difficulty", dropout: 0.3);
        CompositionReport report = CompositionReport.Read(Path.Combine(pool.Output, ComposeStage.Report));

        int bare = examples.Count(row => row.Prompt.StartsWith("Adaptive", StringComparison.Ordinal));
        Assert.Equal(("Difficulty", new CompositionCount(80, 50, bare)), (report.Mix, report.All));
        Assert.Equal((80L, 50L, (long)bare), (pool.Result.Counts["system2"], pool.Result.Counts["system1"], pool.Result.Counts["withoutInstruction"]));
        Assert.Equal(["law"], report.Domains.Keys); // two questions whose models agree
        Assert.Equal((0, 2), (report.Domains["law"].System2, report.Domains["law"].System1));
        Assert.Equal(["1", "2", "3", "4", "5"], report.Levels.Keys);
        Assert.Equal(
            (80, 50, bare),
            (report.Levels.Values.Sum(count => count.System2), report.Levels.Values.Sum(count => count.System1), report.Levels.Values.Sum(count =>
                count.WithoutInstruction)));
    }

    [Fact]
    public void Should_SayWhatIsWrong_When_TheShareWithoutInstructionIs()
    {
        using TestPool pool = TestPool.Of(3);
        pool.Selection = ["q00001"];
        Assert.Equal("instructionDropout cannot be 1.5.", Assert.Throws<UserErrorException>(() => Compose(pool, "System2", dropout: 1.5)).Errors[0].Message);
        Assert.Contains("'adaptive'", Assert.Throws<UserErrorException>(() =>
            pool.Run(
                new ComposeStage(),
                """{"mix": "System2", "seed": 1, "think": "{question}", "direct": "{question}", "instructionDropout": 0.5}""")).Errors[0].Message);
    }

    private static HashSet<string> System2(IEnumerable<TrainingExample> examples) =>
        [.. examples.Where(row => row.Mode == "System2").Select(row => row.QuestionId)];

    private static List<TrainingExample> Compose(TestPool pool, string mix, string? without = null, string seed = "1", string more = "", double dropout = 0)
    {
        string bare = dropout == 0 ? "" : FormattableString.Invariant($""", "instructionDropout": {dropout}, "adaptive": "Adaptive: """) + "{question}\"";
        pool.Run(
            new ComposeStage(), $$"""{"mix": "{{mix}}", "seed": {{seed}}, "think": "Think: {question}", "direct": "Direct: {question}"{{bare}}{{more}}}""",
            without is null ? [] : [without]);
        return JsonLines.Read<TrainingExample>(Path.Combine(pool.Output, "training.jsonl"));
    }
}
