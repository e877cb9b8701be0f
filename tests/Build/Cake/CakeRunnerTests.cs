using Cake.Core;
using NaturalThoughts.Build.Cake;
using NaturalThoughts.Contracts;
using TaskStatus = NaturalThoughts.Build.Cake.TaskStatus;

namespace NaturalThoughts.Build.Tests.Cake;

public sealed class CakeRunnerTests
{
    private static readonly TaskOutcome Ran = new(TaskStatus.Ran, "ran", TimeSpan.FromSeconds(1));

    private static HostTask Named(string name, string[] needs, Func<TaskOutcome> run) => new(name, "", needs, run);

    private static Task<IReadOnlyList<(string Task, TaskOutcome Outcome)>> Run(IReadOnlyList<HostTask> tasks, string target, bool exclusive = false) =>
        CakeRunner.RunAsync(tasks, target, exclusive, CancellationToken.None);

    [Fact]
    public async Task Should_RunDependenciesFirst_When_TargetNeedsThem()
    {
        IReadOnlyList<(string Task, TaskOutcome Outcome)> outcomes = await Run(
            [Named("c", ["a", "b"], () => Ran), Named("a", [], () => Ran), Named("b", ["a"], () => Ran)],
            "c");
        Assert.Equal(["a", "b", "c"], outcomes.Select(outcome => outcome.Task));
    }

    [Fact]
    public async Task Should_RunAlone_When_Exclusive() =>
        Assert.Equal("c", Assert.Single(await Run([Named("c", ["a"], () => Ran), Named("a", [], () => Ran)], "c", exclusive: true)).Task);

    [Fact]
    public async Task Should_GoOn_When_ATaskFails()
    {
        TaskOutcome failed = new(TaskStatus.Failed, "broken", TimeSpan.Zero);
        IReadOnlyList<(string Task, TaskOutcome Outcome)> outcomes = await Run([Named("a", [], () => failed), Named("b", ["a"], () => Ran)], "b");
        Assert.Equal([failed, Ran], outcomes.Select(outcome => outcome.Outcome));
    }

    [Fact]
    public async Task Should_KeepTheExceptionItself_When_ATaskThrows()
    {
        UserErrorException thrown = await Assert.ThrowsAsync<UserErrorException>(() =>
            Run([Named("a", [], () => throw new UserErrorException("a message", exitCode: ExitCode.LockBroken))], "a"));
        Assert.Equal(ExitCode.LockBroken, thrown.ExitCode);
    }

    [Fact]
    public async Task Should_Stop_When_Cancelled()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            CakeRunner.RunAsync([Named("a", [], () => Ran)], "a", false, stop.Token));
    }

    [Fact]
    public void Should_BeTheKnownCake_When_Referenced() =>
        // PackageDownload is not in packages.lock.json; this digest was taken from Cake.Tool 7.0.0.
        Assert.Equal(
            "72046b0237c1231c7b6c9772352fcbdd9cbe75dbd488e363a22e37b8058973e3",
            ContentHash.OfFile(typeof(CakeEngine).Assembly.Location).Hex);
}
