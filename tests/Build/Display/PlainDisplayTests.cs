using Cake.Core.Diagnostics;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;
using static NaturalThoughts.Build.Tests.Display.ProgressBench;

namespace NaturalThoughts.Build.Tests.Display;

public sealed class PlainDisplayTests
{
    private static readonly string[] Addresses = ["train/a", "train/b", "train/c", "grade/a"];

    private static (string[] Lines, ProgressBench Bench) Show(Verbosity verbosity)
    {
        ProgressBench bench = new(1, [Earlier("train/a", 40), Earlier("train/b", 40), Earlier("train/c", 40), Earlier("grade/a", 0.1)], Addresses);
        using StringWriter output = new() { NewLine = "\n" };
        PlainDisplay display = new(bench.Progress, output, verbosity, bench.Clock);
        display.Started(bench.Graph["train/a"]);
        bench.Clock.Advance(10);
        display.Progressed(bench.Graph["train/a"], new StageProgress(1, 4, "steps"));
        bench.Clock.Advance(10);
        display.Progressed(bench.Graph["train/a"], new StageProgress(2, 4, "steps", "loss 1.5"));
        bench.Clock.Advance(20);
        display.Finished(bench.Graph["train/a"], Result("train/a", TargetOutcome.Ran, 40));
        display.Finished(bench.Graph["train/b"], Result("train/b", TargetOutcome.Cached) with { Reason = "up to date" });
        display.Started(bench.Graph["grade/a"]);
        bench.Clock.Advance(0.1);
        display.Finished(bench.Graph["grade/a"], Result("grade/a", TargetOutcome.Ran, 0.1));
        display.Started(bench.Graph["train/c"]);
        display.Finished(bench.Graph["train/c"], Result("train/c", TargetOutcome.Failed) with { Errors = [new UserError("It broke.", "here", "Mend it.")] });
        return (output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), bench);
    }

    [Fact]
    public void Should_WriteWhatTookAWhileWithTheTimeLeft_When_Normal() =>
        Assert.Equal(
            [
                "[0/4] train/a 2/4 steps, loss 1.5, about 1 min 41 s left",
                "[1/4] ran train/a (40 s, about 81 s left)",
                "[4/4] failed train/c (here: It broke. Mend it.)",
            ],
            Show(Verbosity.Normal).Lines);

    [Fact]
    public void Should_WriteEveryTarget_When_Verbose() =>
        Assert.Equal(
            [
                "[0/4] started train/a",
                "[0/4] train/a 2/4 steps, loss 1.5, about 1 min 41 s left",
                "[1/4] ran train/a (40 s, about 81 s left)",
                "[2/4] cached train/b (up to date)",
                "[2/4] started grade/a",
                "[3/4] ran grade/a (0.10 s, about 40 s left)",
                "[3/4] started train/c",
                "[4/4] failed train/c (here: It broke. Mend it.)",
            ],
            Show(Verbosity.Verbose).Lines);

    [Theory]
    [InlineData(Verbosity.Quiet)]
    [InlineData(Verbosity.Minimal)]
    public void Should_WriteNothing_When_VerbosityIsLow(Verbosity verbosity) => Assert.Empty(Show(verbosity).Lines);

    [Fact]
    public void Should_WriteOneNowAndThen_When_TargetsAreQuick()
    {
        string[] addresses = [.. Enumerable.Range(1, 100).Select(i => $"grade/{i}")];
        ProgressBench bench = new(1, [], addresses);
        using StringWriter output = new() { NewLine = "\n" };
        PlainDisplay display = new(bench.Progress, output, Verbosity.Normal, bench.Clock);
        foreach (string address in addresses)
        {
            display.Started(bench.Graph[address]);
            bench.Clock.Advance(0.1);
            display.Finished(bench.Graph[address], Result(address, TargetOutcome.Ran, 0.1));
        }

        // Ten seconds of work, a line every two.
        Assert.Equal(5, output.ToString().Count(letter => letter == '\n'));
        Assert.StartsWith("[20/100] ran grade/20 (0.10 s, about 8 s left)\n", output.ToString(), StringComparison.Ordinal);
    }
}
