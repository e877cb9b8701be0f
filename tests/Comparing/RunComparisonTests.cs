using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Runs;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Comparing.Tests;

public sealed class RunComparisonTests
{
    private static readonly CompareOptions Strict = new();
    private static readonly CompareOptions Common = new() { Common = true };

    [Fact]
    public void Should_PairByQuestion_When_EachIsAnsweredOnce()
    {
        // 6 questions better, 1 worse, 3 alike: McNemar's exact p is 2 (C(7,0) + C(7,1))/2^7 = 16/128.
        RecordedRun first = Runs.Of("A", "a=0 b=0 c=0 d=0 e=0 f=0 g=1 h=1 i=1 j=0");
        RecordedRun second = Runs.Of("B", "j=0 i=1 h=1 g=0 f=1 e=1 d=1 c=1 b=1 a=1");

        BenchmarkComparison benchmark = Assert.Single(RunComparison.Of([first, second], Strict).Benchmarks);

        PairedComparison pair = Assert.Single(benchmark.Comparisons);
        Assert.Equal((10, 1), (benchmark.Questions, benchmark.Repeats));
        Assert.Equal([0.3, 0.8], benchmark.Runs.Select(run => run.Accuracy));
        Assert.Equal(0.5, pair.Test.Difference, 12);
        Assert.Equal(0.125, pair.Test.P!.Value, 12);
        Assert.Equal(0.125, pair.HolmP!.Value, 12);
        Assert.Equal((6, 1), (pair.Better, pair.Worse));
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], pair.Flips.Select(flip => flip.Name));
        Assert.Equal(new Proportion(3, 10).Wilson(0.95), benchmark.Runs[0].Interval);
        Assert.Equal(Power.McNemarDifference(10, 0.7, 0.8, 0.05), pair.Detectable);
        Assert.Empty(benchmark.Notes);
        Assert.Equal(10, benchmark.Runs[0].Tokens);
    }

    [Fact]
    public void Should_ClusterByQuestion_When_AnswersAreDrawnAnew()
    {
        RecordedRun first = Runs.Of("A", "a=0011 b=0000 c=1111 d=0001 e=0101");
        RecordedRun second = Runs.Of("B", "a=0111 b=1100 c=1111 d=0011 e=1111");

        PairedTest test = RunComparison.Of([first, second], Strict).Benchmarks[0].Comparisons[0].Test;

        // The same by clusters of the single answers, CR1.
        double[] differences = [0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0];
        ClusteredMean clustered = ClusteredMean.Of([.. Enumerable.Range(0, 20).Select(i => i / 4)], differences);
        Assert.Equal(clustered.Mean, test.Difference, 12);
        Assert.Equal(clustered.StudentP, test.P!.Value, 12);
        Assert.Equal(clustered.Interval(0.95).Low, test.Interval.Low, 12);
        Assert.Equal("paired t-test clustered by question", test.Name);
    }

    [Fact]
    public void Should_TakeRepeatsAsClustersToo_When_TheyAreRunsOfTheirOwn()
    {
        RunTask trained = Runs.Task("a=001 b=000 c=111 d=101") with { RepeatsAreRuns = true };
        RecordedRun first = new("A", "/A", [trained]), second = Runs.Of("B", "a=011 b=101 c=111 d=111");

        BenchmarkComparison benchmark = RunComparison.Of([first, second], Strict).Benchmarks[0];

        CrossedContrast crossed = CrossedContrast.Of(new double[,] { { 0, 1, 0 }, { 1, 0, 1 }, { 0, 0, 0 }, { 0, 1, 0 } });
        Assert.Equal(crossed.P, benchmark.Comparisons[0].Test.P);
        Assert.Equal(crossed.MinimumDetectable(0.8, 0.05), benchmark.Comparisons[0].Detectable);
        Assert.Equal(
            CrossedMeanSquares.Of(new double[,] { { 0, 0, 1 }, { 0, 0, 0 }, { 1, 1, 1 }, { 1, 0, 1 } }).StandardError, benchmark.Runs[0].StandardError);
    }

    [Fact]
    public void Should_CorrectOverAllTests_When_ThereAreSeveral()
    {
        RecordedRun first = new("A", "/A", [Runs.Task("a=0 b=0 c=0 d=0 e=0"), Runs.Task("a=0 b=0 c=0", task: "Words")]);
        RecordedRun second = new("B", "/B", [Runs.Task("a=1 b=1 c=1 d=1 e=1"), Runs.Task("a=1 b=1 c=1", task: "Words")]);
        RecordedRun third = new("C", "/C", [Runs.Task("a=0 b=0 c=0 d=0 e=1"), Runs.Task("a=0 b=0 c=0", task: "Words")]);

        RunComparison comparison = RunComparison.Of([first, second, third], Strict);

        // p: 2/2^5, 1, 2/2^3, and none where every score is the same.
        Assert.Equal(3, comparison.Tests);
        Assert.Equal([0.0625, 1, 0.25, null], comparison.Benchmarks.SelectMany(benchmark => benchmark.Comparisons).Select(pair => Rounded(pair.Test.P)));
        Assert.Equal([0.1875, 1, 0.5, null], comparison.Benchmarks.SelectMany(benchmark => benchmark.Comparisons).Select(pair => Rounded(pair.HolmP)));
        Assert.Equal("no test: every score is the same", comparison.Benchmarks[1].Comparisons[1].Test.Name);
    }

    [Fact]
    public void Should_UseATTest_When_ScoresAreNoVerdicts()
    {
        PairedTest test = RunComparison.Of([Runs.Of("A", "a=0 b=5 c=1 d=0"), Runs.Of("B", "a=5 b=5 c=1 d=1")], Strict).Benchmarks[0].Comparisons[0].Test;
        Assert.Equal(PairedT.Of([0.5, 0, 0, 1]).TwoSidedP, test.P);
        Assert.Equal("paired t-test over questions", test.Name);
    }

    [Fact]
    public void Should_HaveStudentsIntervals_When_ScoresAreNoVerdicts()
    {
        double[] scores = [0.5, 0.5, 1, 0.5, 0.5, 0], differences = [0.5, 0, -0.5, 0, 0, 0.5];
        BenchmarkComparison sums = RunComparison.Of([Runs.Of("A", "a=5 b=5 c=1 d=5 e=5 f=0"), Runs.Of("B", "a=1 b=5 c=5 d=5 e=5 f=5")], Strict).Benchmarks[0];

        Assert.Equal(MeanSummary.Of(scores).Interval(0.95), sums.Runs[0].Interval);
        Assert.Equal(MeanSummary.Of(differences).Interval(0.95), sums.Comparisons[0].Test.Interval);

        // No mean lies outside of the scores, no difference outside of theirs.
        BenchmarkComparison two = RunComparison.Of([Runs.Of("A", "a=5 b=1"), Runs.Of("B", "a=5 b=0")], Strict).Benchmarks[0];
        Assert.Equal(new Interval(0, 1), two.Runs[0].Interval);
        Assert.Equal(new Interval(-1, 1), two.Comparisons[0].Test.Interval);
    }

    [Fact]
    public void Should_DetectLess_When_SeveralTestsShareALevel()
    {
        RecordedRun first = new("A", "/A", [Runs.Task("a=0 b=5 c=1 d=0 e=5"), Runs.Task("a=5 b=5 c=1 d=0 e=1", task: "Words")]);
        RecordedRun second = new("B", "/B", [Runs.Task("a=5 b=5 c=1 d=1 e=0"), Runs.Task("a=0 b=5 c=1 d=5 e=5", task: "Words")]);

        PairedComparison[] both = [.. RunComparison.Of([first, second], Strict).Benchmarks.Select(benchmark => benchmark.Comparisons[0])];
        PairedComparison alone = RunComparison.Of([Runs.Of("A", "a=0 b=5 c=1 d=0 e=5"), Runs.Of("B", "a=5 b=5 c=1 d=1 e=0")], Strict)
            .Benchmarks[0].Comparisons[0];

        double error = MeanSummary.Of([0.5, 0, 0, 1, -0.5]).StandardError;
        Assert.Equal(Power.Difference(error, 4, 0.8, 0.05), both[0].Detectable, 12);
        Assert.Equal(Power.Difference(error, 4, 0.8, 0.025), both[0].DetectableAmongAll, 12);
        Assert.Equal(alone.Detectable, alone.DetectableAmongAll);
    }

    [Fact]
    public void Should_MatchByTheText_When_IdsDiffer()
    {
        RecordedRun first = Runs.Of("A", "1/one=1 2/two=0 3/three=0");
        RecordedRun second = Runs.Of("B", "q3/three=0 q2/two=1 /one=1");
        BenchmarkComparison benchmark = RunComparison.Of([first, second], Strict).Benchmarks[0];
        Assert.Equal(3, benchmark.Questions);
        Assert.Equal("2", Assert.Single(benchmark.Comparisons[0].Flips).Name);

        // The same numbers stand for other questions: the texts tell.
        benchmark = RunComparison.Of([first, Runs.Of("B", "1/three=0 2/one=1 3/two=1")], Strict).Benchmarks[0];
        Assert.Equal("2", Assert.Single(benchmark.Comparisons[0].Flips).Name);
    }

    [Fact]
    public void Should_SayIt_When_OnlyIdsCanBeMatched() =>
        Assert.Equal(
            "2 questions of B are matched with A by their ids alone: one of the two has no texts.",
            Assert.Single(RunComparison.Of([Runs.Of("A", "1/one=1 2/two=0"), Runs.Of("B", "1=1 2=0")], Strict).Benchmarks[0].Notes));

    [Theory]
    [InlineData("a=1 b=0 c=1", "b=0 c=1 d=1 e=0", "1 questions are only in A, 2 only in B (the first is a); 2 are in both", 2)]
    [InlineData("a=1 b=0", "a=1 b=0 c=0", "0 questions are only in A, 1 only in B (the first is c); 2 are in both", 2)]
    [InlineData("a/x=1 b/y=0", "a/x=1 b/z=0", "1 questions are only in A, 1 only in B (the first is b; ids in both with another text: 1); 1 are in both", 1)]
    [InlineData("a=11 b=00 c=1", "a=11 b=00 c=11", "1 questions of A have another number of answers than 2, the first is c", 2)]
    [InlineData("a=1 b=- c=1", "a=1 b=0 c=1", "1 questions of A have an answer without a verdict by 'acc', the first is b", 2)]
    [InlineData("a=11 b=00", "a=1 b=0", "Each question has another number of answers: 2 in A, 1 in B", 2)]
    public void Should_RefuseUnlessTold_When_RunsDiffer(string first, string second, string what, int common)
    {
        RecordedRun[] runs = [Runs.Of("A", first), Runs.Of("B", second)];
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => RunComparison.Of(runs, Strict)).Errors);
        Assert.Equal((what + ".", "Sums"), (error.Message, error.Location));
        Assert.Contains("--common", error.Hint, StringComparison.Ordinal);

        BenchmarkComparison benchmark = RunComparison.Of(runs, Common).Benchmarks[0];
        Assert.Equal(common, benchmark.Questions);
        Assert.Equal(what + ": what not all runs have is left out.", Assert.Single(benchmark.Notes));
    }

    [Fact]
    public void Should_CompareWhatAllHave_When_ThereAreThreeRuns()
    {
        BenchmarkComparison benchmark = RunComparison.Of(
            [Runs.Of("A", "a=1 b=0 c=1 d=1"), Runs.Of("B", "a=0 b=0 c=1"), Runs.Of("C", "b=1 c=1 d=1")], Common).Benchmarks[0];
        Assert.Equal(2, benchmark.Questions);
        Assert.Equal([0.5, 0.5, 1], benchmark.Runs.Select(run => run.Accuracy));
        Assert.Equal(2, benchmark.Notes.Count);
    }

    [Fact]
    public void Should_SayWhatToDo_When_NothingIsCommon()
    {
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => RunComparison.Of([Runs.Of("A", "a=1"), Runs.Of("B", "b=1")], Common)).Errors);
        Assert.Equal("No question is in all runs. The first is a in A, b in B.", error.Message);
        Assert.Contains("--map=id=FIELD", error.Hint, StringComparison.Ordinal);

        RecordedRun first = new("A", "/A", [Runs.Task("a=1", task: "X"), Runs.Task("a=1", task: "Y")]), second = new("B", "/B", [Runs.Task("a=1", task: "Z")]);
        Assert.Equal(
            "No benchmark is in all runs: A has X, Y; B has Z.",
            Assert.Single(Assert.Throws<UserErrorException>(() => RunComparison.Of([first, second], Strict)).Errors).Message);
    }

    [Fact]
    public void Should_CompareThoseAlone_When_BenchmarksAreNamed()
    {
        RecordedRun a = new("A", "/A", [Runs.Task("a=1 b=0", task: "One"), Runs.Task("c=1", task: "Two")]);
        RecordedRun b = new("B", "/B", [Runs.Task("a=0 b=0", task: "One"), Runs.Task("d=1", task: "Three")]);

        Assert.Equal("One", Assert.Single(RunComparison.Of([a, b], new CompareOptions { Benchmarks = ["One"] }).Benchmarks).Name);
        UserErrorException wrong = Assert.Throws<UserErrorException>(() => RunComparison.Of([a, b], new CompareOptions { Benchmarks = ["One", "Twoo"] }));
        Assert.Equal(
            [
                "A has no benchmark 'Twoo': it has One, Two. Did you mean 'Two'?",
                "B has no benchmark 'Twoo': it has One, Three. Name benchmarks that all runs have, separated by commas.",
            ],
            wrong.Errors.Select(error => $"{error.Message} {error.Hint}"));
    }

    [Fact]
    public void Should_RefuseUnlessTold_When_BenchmarksDiffer()
    {
        RecordedRun[] runs = [new("A", "/A", [Runs.Task("a=1", task: "X"), Runs.Task("a=1", task: "Y")]), new("B", "/B", [Runs.Task("a=1", task: "Y")])];
        Assert.Equal("The benchmark 'X' is not in B.", Assert.Single(Assert.Throws<UserErrorException>(() => RunComparison.Of(runs, Strict)).Errors).Message);
        RunComparison comparison = RunComparison.Of(runs, Common);
        Assert.Equal("Y", Assert.Single(comparison.Benchmarks).Name);
        Assert.Equal("The benchmark 'X' is not in B: left out.", Assert.Single(comparison.Notes));
    }

    [Fact]
    public void Should_NameMetricsAndNames_When_RunsAreOfTwoPrograms()
    {
        RunComparison comparison = RunComparison.Of([Runs.Of("A", "a=1", "exact_match", "gsm8k"), Runs.Of("B", "a=1", "match", "GSM8K")], Strict);
        Assert.Equal("Each run has one benchmark, which they call differently: gsm8k (A), GSM8K (B).", Assert.Single(comparison.Notes));
        Assert.StartsWith(
            "The runs are graded by different rules: exact_match in A, match in B.", Assert.Single(comparison.Benchmarks[0].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TakeTheOneAsked_When_ThereAreSeveralMetrics()
    {
        RunTask Both(double first, double second) =>
            new("Sums", ["strict", "flexible"], [new RunQuestion("a", null, null, [new RunAnswer([first, second], null, null)])]);
        RecordedRun[] runs = [new("A", "/A", [Both(0, 1)]), new("B", "/B", [Both(1, 1)])];

        BenchmarkComparison usual = RunComparison.Of(runs, Strict).Benchmarks[0];
        Assert.Equal(("strict", 1d), (usual.Runs[0].Metric, usual.Comparisons[0].Test.Difference));
        Assert.Equal("Verdicts by other metrics are there, too: flexible. --metric takes one of them.", Assert.Single(usual.Notes));
        Assert.Null(usual.Runs[0].Tokens);

        BenchmarkComparison asked = RunComparison.Of(runs, new CompareOptions { Metric = "flexible" }).Benchmarks[0];
        Assert.Equal(("flexible", 0d), (asked.Runs[0].Metric, asked.Comparisons[0].Test.Difference));
        Assert.Equal(
            "A has no metric 'x'.", Assert.Throws<UserErrorException>(() => RunComparison.Of(runs, new CompareOptions { Metric = "x" })).Errors[0].Message);
    }

    [Fact]
    public void Should_SayIt_When_ModelsOrReferencesAreNotWhatTheySeem()
    {
        RunTask Graded(string reference) => new("Sums", ["acc"], [Runs.Question("a", "1") with { Reference = reference }]);
        RunComparison comparison = RunComparison.Of(
            [new("A", "/A", [Graded("4")]) { Model = "m", Format = "lm-eval" }, new("B", "/B", [Graded("5")]) { Model = "m", Format = "lm-eval" }], Strict);
        Assert.Equal("A and B are both of the model m.", Assert.Single(comparison.Notes));
        Assert.Equal(
            "A and A (2) are the same.", Assert.Single(RunComparison.Of([Runs.Of("A", "a=1"), Runs.Of("A", "a=1") with { Label = "A (2)" }], Strict).Notes));
        Assert.StartsWith(
            "1 questions have another reference in B than in A, the first is a", Assert.Single(comparison.Benchmarks[0].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_KeepTextToItself_When_ABenchmarkIsConfidential()
    {
        RecordedRun second = new("B", "/B", [Runs.Task("a/secret=1") with { IsConfidential = true }]);
        RunComparison comparison = RunComparison.Of([Runs.Of("A", "a/secret=0"), second], Strict);
        Assert.Equal(new FlippedQuestion("a", 0, 1, null, null, null), Assert.Single(comparison.Benchmarks[0].Comparisons[0].Flips));
        Assert.All(
            (string[])
            [
                ComparisonText.Plain(comparison, 9), ComparisonText.Markdown(comparison, 9), ComparisonPage.Write(comparison, 9),
                ComparisonCsv.Flips(comparison),
            ],
            text => Assert.DoesNotContain("secret", text, StringComparison.Ordinal));
    }

    private static double? Rounded(double? p) => p is { } value ? Math.Round(value, 12) : null;
}
