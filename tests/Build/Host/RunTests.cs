using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class RunTests(HostFixture host)
{
    private const string Page = "Tiny: the table is results/tiny/Tiny.md";

    [Fact]
    public void Should_RunEveryTargetAndWriteTheLock_When_TheStoreIsEmpty()
    {
        HostRun first = host.First.Expect(ExitCode.Done);
        Assert.Empty(first.Error);
        Assert.Equal(30, first.Ran.Length);
        Assert.Contains("30 targets: 30 ran, 0 cached; ", first.Output, StringComparison.Ordinal);
        Assert.Contains("Tiny: there was no lock; results/tiny/Tiny.lock.json now holds these values (3 cells)", first.Output, StringComparison.Ordinal);
        Assert.Contains(Page, first.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^\[1/30\] ran \S+ \(.* s, 29 targets never timed\)$", first.Output);
        Assert.Matches(@"(?m)^\[30/30\] ran Tiny/table \([\d.]+ s\)$", first.Output);
    }

    [Fact]
    public async Task Should_DoNothingAndLoadNoTorch_When_NothingChanged()
    {
        Assert.Contains("libtorch_cpu.so", host.Loaded, StringComparison.Ordinal);
        using HostFolder folder = host.Copy();
        (HostRun second, string loaded) = await HostFixture.RunWithLoaderLogAsync(folder, "--target=Tiny");
        second.Expect(ExitCode.Done);
        Assert.EndsWith("\nNothing to do: 30 targets, all cached; the table is results/tiny/Tiny.md.\n", second.Output, StringComparison.Ordinal);
        Assert.Empty(second.Error);
        Assert.Contains("libcoreclr.so", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", loaded, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Theory]
    [InlineData("Tiny/base", 11)]
    [InlineData("Tiny/base/seed1", 11)]
    [InlineData("Tiny/base/seed1/grade/Hard", 7)]
    [InlineData("world/pool", 1)]
    public async Task Should_FindItCached_When_APartOfTheTableIsNamed(string name, int targets)
    {
        using HostFolder folder = host.Copy();
        HostRun run = (await folder.RunAsync("--target=" + name)).Expect(ExitCode.Done);
        Assert.Contains(
            $"{targets} target{(targets == 1 ? "" : "s")}: 0 ran, {targets} cached; 0 tokens trained, 0 generated.", run.Output, StringComparison.Ordinal);
        run = (await folder.RunAsync("--target=" + name, "-v", "minimal")).Expect(ExitCode.Done);
        Assert.Equal($"Nothing to do: {targets} target{(targets == 1 ? "" : "s")}, all cached.\n", run.Output);
    }

    [Fact]
    public async Task Should_RerunOnlyWhatDependsOnIt_When_AValueChanges()
    {
        using HostFolder folder = host.Copy();
        folder.Edit("experiments/profiles/tiny.yaml", "epochs: {8: 1, 16: 1}", "epochs: {8: 1, 16: 2}");
        HostRun explained = (await folder.RunAsync("--explain=Tiny/Random/16/System2/seed1/fine-tune")).Expect(ExitCode.Done);
        Assert.EndsWith("will run  Tiny/Random/16/System2/seed1/fine-tune: parameters.training.epochs: 1 -> 2\n", explained.Output, StringComparison.Ordinal);
        HostRun planned = (await folder.RunAsync("--target=Tiny", "--dryrun")).Expect(ExitCode.Done);
        Assert.Contains("\n30 targets: 24 hit, 1 will run, 5 may run.\n", planned.Output, StringComparison.Ordinal);

        HostRun run = await folder.RunAsync("--target=Tiny", "--verbosity=verbose");
        Assert.True(run.Exit is ExitCode.Done or ExitCode.LockBroken, run.Output + run.Error);
        Assert.All(run.Ran, address => Assert.True(address == "Tiny/table" || address.StartsWith("Tiny/Random/16/", StringComparison.Ordinal), address));
        Assert.Contains("Tiny/Random/16/System2/seed1/fine-tune", run.Ran);
        Assert.DoesNotContain("Tiny/Random/16/System2/seed1/compose", run.Ran);

        // Back to what was: nothing runs, and the files are the old ones again.
        folder.Edit("experiments/profiles/tiny.yaml", "epochs: {8: 1, 16: 2}", "epochs: {8: 1, 16: 1}");
        run = (await folder.RunAsync("--target=Tiny", "--verbosity=verbose")).Expect(ExitCode.Done);
        Assert.Empty(run.Ran);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Fact]
    public async Task Should_RunNothing_When_AnotherTableOrACommentChanges()
    {
        using HostFolder folder = host.Copy();
        File.AppendAllText(folder.PathOf("experiments/profiles/tiny.yaml"), "# a comment\n");
        folder.Edit("experiments/tables/Short.yaml", "Random, ", "Random, Topics, ");
        HostRun run = (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done);
        Assert.Contains("30 targets: 0 ran, 30 cached", run.Output, StringComparison.Ordinal);
        Assert.Contains("Tiny: the lock holds (3 cells)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_OnlyRestoreTheFiles_When_ResultsAreDeleted()
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(folder.PathOf("results"), recursive: true);
        HostRun run = (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done);
        Assert.Contains("30 targets: 0 ran, 30 cached", run.Output, StringComparison.Ordinal);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Fact]
    public async Task Should_GiveTheSameBytes_When_JobsAndFolderDiffer()
    {
        using HostFolder folder = HostFolder.Create();
        HostRun run = (await folder.RunAsync("--target=Tiny", "--jobs=2")).Expect(ExitCode.Done);
        Assert.Contains("30 targets: 30 ran, 0 cached", run.Output, StringComparison.Ordinal);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Theory]
    [InlineData("quiet", "")]
    [InlineData("minimal", "30 targets: 0 ran, 30 cached; 0 tokens trained, 0 generated.\nTiny: the lock holds (3 cells)\n" + Page + "\n")]
    public async Task Should_WriteLittle_When_VerbosityIsLow(string verbosity, string expected)
    {
        using HostFolder folder = host.Copy();
        File.Delete(folder.PathOf("results/tiny/Tiny.md"));
        HostRun run = (await folder.RunAsync("--target=Tiny", "--verbosity=" + verbosity)).Expect(ExitCode.Done);
        Assert.Equal(expected, string.Concat(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("warning: ", StringComparison.Ordinal)).Select(line => line + "\n")));
        Assert.Empty(run.Error);
        Assert.True(File.Exists(folder.PathOf("results/tiny/Tiny.md")));
    }

    [Fact]
    public async Task Should_SayWhatIsWrong_When_ResultsCannotBeWritten()
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(folder.PathOf("results"), recursive: true);
        File.WriteAllText(folder.PathOf("results"), "in the way");
        HostRun run = (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.TargetFailed);
        Assert.Contains(Path.Combine(folder.Root, "results"), Assert.Single(run.Errors), StringComparison.Ordinal);
    }
}
