using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class HousekeepingTests(HostFixture host)
{
    [Fact]
    public async Task Should_KeepTheLastRunsAndTheLockedAnswers_When_Gc()
    {
        using HostFolder folder = host.Copy();
        Assert.EndsWith("Nothing to delete.\n", (await folder.RunBareAsync("--target=Gc")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        folder.Edit("experiments/profiles/tiny.yaml", "epochs: {8: 1, 16: 1}", "epochs: {8: 1, 16: 2}");
        await folder.RunAsync("--target=Tiny");

        // The last complete run of the table is the one with one epoch: its plan keeps all of it.
        Assert.EndsWith("Nothing to delete.\n", (await folder.RunBareAsync("--target=Gc", "--dryrun")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(folder.Store, "plans"), recursive: true);

        // Without it that run is still the locked one: only its weights may go.
        string[] before = Objects(folder);
        HostRun dry = (await folder.RunBareAsync("--target=Gc", "--dryrun")).Expect(ExitCode.Done);
        Assert.Equal(before, Objects(folder));
        Assert.Matches(@"(?m)^weights +[\d.]+ kB  Tiny/Random/16/System2/seed1/fine-tune of ", dry.Output);
        Assert.DoesNotContain("delete   ", dry.Output, StringComparison.Ordinal);
        Assert.Contains("\nWould delete: 0 runs, 1 file, ", dry.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "Nothing to delete.\n", (await folder.RunBareAsync("--target=Gc", "--dryrun", "--weights")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);

        HostRun gc = (await folder.RunBareAsync("--target=Gc")).Expect(ExitCode.Done);
        Assert.Equal(dry.Output.Replace("Would delete", "Deleted", StringComparison.Ordinal), gc.Output);
        Assert.Equal(before.Length - 1, Objects(folder).Length);

        // What is locked is still there without a run.
        folder.Edit("experiments/profiles/tiny.yaml", "epochs: {8: 1, 16: 2}", "epochs: {8: 1, 16: 1}");
        HostRun back = (await folder.RunAsync("--target=Tiny", "--verbosity=verbose")).Expect(ExitCode.Done);
        Assert.Empty(back.Ran);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Fact]
    public async Task Should_LeaveOnlyWhatLocksName_When_GcKeepsNoRun()
    {
        using HostFolder folder = host.Copy();
        File.Delete(folder.PathOf("results/tiny/Tiny.lock.json"));
        HostRun gc = (await folder.RunBareAsync("--target=Gc", "--keep=0", "-v", "minimal")).Expect(ExitCode.Done);
        Assert.Contains("Kept: 0 runs, 0 files, 0 B; ", gc.Output, StringComparison.Ordinal);
        Assert.Empty(Objects(folder));
        Assert.StartsWith("Deleted: 30 runs, ", Lines(gc)[1], StringComparison.Ordinal);

        File.WriteAllText(folder.PathOf("results/tiny/Tiny.lock.json"), "<<<<<<< HEAD");
        HostRun refused = (await folder.RunBareAsync("--target=Gc")).Expect(ExitCode.TargetFailed);
        Assert.Equal(
            "error: results/tiny/Tiny.lock.json: The lock cannot be read, so what it needs is unknown. Nothing was removed. Take it from git.",
            Assert.Single(refused.Errors));
    }

    [Fact]
    public async Task Should_ListTargets_When_Status()
    {
        using HostFolder folder = host.Copy();
        HostRun status = (await folder.RunAsync("--target=Status", "Tiny")).Expect(ExitCode.Done);
        Assert.Equal(31, Lines(status).Length);
        Assert.Matches(@"(?m)^cached +Tiny/Random/8/System2/seed1/fine-tune +[\d.]+ s +[\d.]+ kB  up to date$", status.Output);
        Assert.StartsWith("30 targets: 30 cached, 0 stale, 0 missing; ", Lines(status)[^1], StringComparison.Ordinal);

        folder.Edit("experiments/profiles/tiny.yaml", "epochs: {8: 1, 16: 1}", "epochs: {8: 1, 16: 2}");
        status = (await folder.RunAsync("--target=Status", "Tiny/Random/16")).Expect(ExitCode.Done);
        Assert.Matches(@"(?m)^cached +Tiny/Random/16/System2/seed1/compose ", status.Output);
        Assert.Matches(@"(?m)^stale +Tiny/Random/16/System2/seed1/fine-tune .* parameters\.training\.epochs: 1 -> 2$", status.Output);

        status = (await folder.RunAsync("--target=Status")).Expect(ExitCode.Done);
        Assert.Matches(@"(?m)^missing +Sweep/", status.Output);
        Assert.Contains(
            "Did you mean 'Tiny'?", Assert.Single((await folder.RunAsync("--target=Status", "Tinny")).Expect(ExitCode.Usage).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_SayWhatIsBroken_When_AStoredFileIsDamaged()
    {
        using HostFolder folder = host.Copy();
        string[] objects = Objects(folder);
        byte[] bytes = File.ReadAllBytes(objects[0]);
        bytes[0] ^= 1;
        File.WriteAllBytes(MakeWritable(objects[0]), bytes);
        Assert.Matches(
            @"(?m)^store health +sound \(sizes compared; --full reads every file\)$", (await folder.RunAsync("--target=Doctor")).Expect(ExitCode.Done).Output);

        HostRun full = (await folder.RunAsync("--target=Doctor", "--full")).Expect(ExitCode.TargetFailed);
        Assert.Contains($"broken: The stored file {Path.GetFileName(objects[0])[..12]} was damaged and is removed", full.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^store health +BROKEN \(every file read\)", full.Output);
        Assert.False(File.Exists(objects[0]));

        File.AppendAllText(MakeWritable(objects[1]), "x");
        Assert.Contains(" instead of ", (await folder.RunAsync("--target=Doctor")).Expect(ExitCode.TargetFailed).Output, StringComparison.Ordinal);
    }

    private static string MakeWritable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    private static string[] Objects(HostFolder folder) =>
        [.. Directory.GetFiles(Path.Combine(folder.Store, "objects"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string[] Lines(HostRun run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
