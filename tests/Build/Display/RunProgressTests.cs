using NaturalThoughts.Contracts;
using static NaturalThoughts.Build.Tests.Display.ProgressBench;

namespace NaturalThoughts.Build.Tests.Display;

public sealed class RunProgressTests
{
    [Fact]
    public void Should_PromiseNothing_When_NothingWasEverTimed()
    {
        ProgressBench bench = new(1, [], "train/a", "train/b", "grade/a");
        Assert.Equal(TimeSpan.Zero, bench.Progress.Eta);
        Assert.Equal(3, bench.Progress.Untimed);
        Assert.Equal("3 targets never timed", bench.Progress.Left);
    }

    [Fact]
    public void Should_JudgeByFinishedOnesOfTheStage_When_ThereIsNoHistory()
    {
        ProgressBench bench = new(1, [], "train/a", "train/b", "train/c", "train/d", "grade/a");
        bench.Run("train/a", 10);
        bench.Run("train/b", 20);
        Assert.Equal(TimeSpan.FromSeconds(30), bench.Progress.Eta); // two left at the mean of 10 and 20
        Assert.Equal("about 30 s left + 1 target never timed", bench.Progress.Left);
        Assert.Equal(2, bench.Progress.Done);

        bench.Progress.Start(bench.Graph["train/c"]);
        bench.Clock.Advance(5);
        Assert.Equal(TimeSpan.FromSeconds(25), bench.Progress.Eta);
        bench.Clock.Advance(95); // longer than thought: what is over counts nothing, the other one stays
        Assert.Equal(TimeSpan.FromSeconds(15), bench.Progress.Eta);
    }

    [Fact]
    public void Should_NotLearn_When_ATargetWasCached()
    {
        ProgressBench bench = new(1, [], "train/a", "train/b");
        bench.Run("train/a", 100, ran: false);
        Assert.Equal("1 target never timed", bench.Progress.Left);
    }

    [Fact]
    public void Should_TrustEarlierRunsOfTheSame_When_ThereAreSome()
    {
        ProgressBench bench = new(1, [Earlier("train/a", 40), Earlier("train/b", 60)], "train/a", "train/b");
        Assert.Equal(TimeSpan.FromSeconds(100), bench.Progress.Eta);
        bench.Run("train/a", 1);
        Assert.Equal("about 60 s left", bench.Progress.Left);
    }

    [Fact]
    public void Should_CountOneRun_When_TargetsAreTheSameButForTheirAddresses()
    {
        ProgressBench bench = new(1, [Earlier("train/think/a", 40), Earlier("train/direct/a", 40)], "train/think/a", "train/direct/a", "train/think/b");
        Assert.Equal(TimeSpan.FromSeconds(80), bench.Progress.Eta);
        bench.Run("train/think/a", 40);
        bench.Run("train/direct/a", 0, ran: false);
        Assert.Equal("about 40 s left", bench.Progress.Left);
    }

    [Fact]
    public void Should_PreferThisRun_When_EarlierOnesHadOtherParameters()
    {
        ProgressBench bench = new(1, [Earlier("train/z", 1, sameParameters: false)], "train/a", "train/b");
        Assert.Equal(TimeSpan.FromSeconds(2), bench.Progress.Eta);
        bench.Run("train/a", 50);
        Assert.Equal(TimeSpan.FromSeconds(50), bench.Progress.Eta);
    }

    [Fact]
    public void Should_Extrapolate_When_ATargetTellsHowFarItIs()
    {
        ProgressBench bench = new(1, [], "train/a");
        bench.Progress.Start(bench.Graph["train/a"]);
        bench.Clock.Advance(30);
        bench.Progress.Advance(bench.Graph["train/a"], new StageProgress(25, 100, "steps"));
        Assert.Equal(TimeSpan.FromSeconds(90), bench.Progress.Eta);
        Assert.Equal("about 1 min 30 s left", bench.Progress.Left);
        Assert.Equal("train/a", Assert.Single(bench.Progress.Running).Address);
        bench.Progress.Finish(bench.Graph["train/a"], ran: true);
        Assert.Equal("", bench.Progress.Left);
        Assert.Empty(bench.Progress.Running);
    }

    [Theory]
    [InlineData(1, 80)]
    [InlineData(2, 40)]
    [InlineData(4, 20)]
    [InlineData(64, 20)] // four targets keep four lanes busy, not sixty-four
    public void Should_ShareTheWork_When_JobsRunSideBySide(int jobs, double seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            new ProgressBench(jobs, [.. "abcd".Select(name => Earlier("train/" + name, 20))], "train/a", "train/b", "train/c", "train/d").Progress.Eta);
}
