using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NaturalThoughts.Build.Tests.Host;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Slurm;

/// <summary>The host with <c>--executor=slurm</c> on real daemons.</summary>
[Collection(HostFixture.Waiting)]
public sealed class SlurmTests(HostFixture host, SlurmCluster cluster) : IClassFixture<SlurmCluster>, IAsyncLifetime
{
    /// <inheritdoc />
    public Task InitializeAsync() => SlurmFactAttribute.IsInstalled ? cluster.ResetAsync() : Task.CompletedTask;

    /// <inheritdoc />
    public Task DisposeAsync() => Task.CompletedTask;

    [SlurmFact]
    public async Task Should_GiveTheSameBytes_When_TargetsAreJobs()
    {
        // Given
        using HostFolder local = TwoSeeds(host.Copy());
        Directory.Delete(local.PathOf("results"), recursive: true);
        (await local.RunAsync("--target=Tiny")).Expect(ExitCode.Done);

        // When
        using HostFolder folder = TwoSeeds(SlurmCluster.WithQuickPolls(HostFolder.Create()));
        HostRun run = (await cluster.RunAsync(folder, "--target=Tiny", "--verbosity=verbose")).Expect(ExitCode.Done);

        // Then
        Assert.Empty(run.Error);
        Assert.Contains("\nSlurm: 11 jobs for 48 targets; logs in ", "\n" + run.Output, StringComparison.Ordinal);
        Assert.Contains("48 targets: 48 ran, 0 cached", run.Output, StringComparison.Ordinal);
        Assert.Equal(local.Published(), folder.Published());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.PathOf(".cache/store.slurm")));

        // The seeds of a cell are one array, and each job waited for those that make what it reads.
        string jobs = await cluster.SlurmAsync("squeue", "-h", "-r", "-t", "all", "-o", "%j %K %T");
        foreach (string cell in (string[])["Tiny/base", "Tiny/Random/8/System2", "Tiny/Random/16/System2"])
        {
            Assert.Equal(2, Regex.Count(jobs, $"(?m)^{cell} [01] COMPLETED$"));
        }

        // What the profile asks for arrived.
        Assert.Matches(@"(?m)^base 10:00 500M 2$", await cluster.SlurmAsync("squeue", "-h", "-r", "-t", "all", "-o", "%j %l %m %C"));

        HostRun again = (await cluster.RunAsync(folder, "--target=Tiny")).Expect(ExitCode.Done);
        Assert.Contains("Nothing to do: 48 targets, all cached", again.Output, StringComparison.Ordinal);
    }

    [SlurmFact]
    public async Task Should_SayTheSameAsHere_When_ATargetFails()
    {
        using HostFolder folder = SlurmCluster.WithQuickPolls(host.Copy());
        File.Delete(folder.PathOf("experiments/tables/Tiny.yaml"));
        HostRun run = (await cluster.RunAsync(folder, "--target=Short")).Expect(ExitCode.TargetFailed);
        HostRun here = (await folder.RunAsync("--target=Short")).Expect(ExitCode.TargetFailed);
        Assert.Equal(here.Errors, run.Errors);
        Assert.StartsWith("failed: Short/ReasoningStrategies/16/System2/seed1/select: size: ", run.Errors[0], StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Short +Blocked +needs Short/ReasoningStrategies/16/System2/seed1/select, which failed$", run.Output);
        await NothingIsLeftAsync();
    }

    [SlurmFact]
    public async Task Should_StayBelowTheLimitTogether_When_ShardsOfAPoolAreJobs()
    {
        using HostFolder folder = await Looped.LayAsync(SlurmCluster.WithQuickPolls(host.Copy()));
        string profile = "experiments/profiles/looped.yaml";
        folder.Edit(profile, "prompt: prompts/teach.txt, ", "prompt: prompts/teach.txt, shards: 3, ");

        // Each of three jobs may call ten times.
        HostRun limited = (await cluster.RunAsync(folder, "--target=data/traces", "--profile=looped", "--max-calls=30")).Expect(ExitCode.TargetFailed);
        Assert.Equal(3, Regex.Count(limited.Error, @"failed: data/traces/shard[012]: --max-calls: The limit of remote calls is met: 10 calls were sent\."));
        Assert.InRange(Directory.EnumerateFiles(folder.PathOf(".cache/store/calls/entries"), "*.gz", SearchOption.AllDirectories).Count(), 1, 30);

        // The rest is called; the bytes are those of one target here.
        HostRun rest = (await cluster.RunAsync(folder, "--target=data/traces", "--profile=looped")).Expect(ExitCode.Done);
        Assert.Contains("Slurm: ", rest.Output, StringComparison.Ordinal);
        string jobs = await cluster.SlurmAsync("squeue", "-h", "-r", "-t", "all", "-o", "%j %K %T");
        Assert.Equal(3, Regex.Count(jobs, "(?m)^data/traces [012] COMPLETED$"));
        string joined = Looped.Digest(await folder.RunAsync("--target=Show", "data/traces", "--profile=looped"));
        folder.Edit(profile, "shards: 3, ", "");
        (await folder.RunAsync("--target=data/traces", "--profile=looped", "--offline")).Expect(ExitCode.Done);
        Assert.Equal(joined, Looped.Digest(await folder.RunAsync("--target=Show", "data/traces", "--profile=looped")));
        await NothingIsLeftAsync();
    }

    [SlurmFact]
    public async Task Should_CancelItsJobs_When_Interrupted()
    {
        using HostFolder folder = SlurmCluster.WithQuickPolls(host.Copy());
        Directory.Delete(folder.Store, recursive: true);
        Process process = cluster.Start(folder, "--target=Tiny", "--verbosity=verbose");
        string lines = await HostFolder.ReadToAsync(process, "ran world/pool");
        Assert.NotEmpty(await cluster.QueueAsync());
        HostFolder.Signal(process, "INT");
        HostRun run = (await HostFolder.FinishAsync(process, lines)).Expect(ExitCode.Interrupted);
        Assert.Equal(["Interrupted. What was finished is kept; the same command resumes."], run.Errors);
        await NothingIsLeftAsync();

        HostRun resumed = (await folder.RunAsync("--target=Tiny", "--verbosity=verbose")).Expect(ExitCode.Done);
        Assert.DoesNotContain("world/pool", resumed.Ran);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [SlurmFact]
    public async Task Should_LoseNothing_When_TheHostIsKilledAndANodeGoesDown()
    {
        using HostFolder folder = SlurmCluster.WithQuickPolls(HostFolder.Create(), held: true);
        string[] command = ["--target=Tiny", "--verbosity=verbose"];
        Process process = cluster.Start(folder, command);
        await HostFolder.ReadToAsync(process, "Slurm: 8 jobs for 30 targets; ");
        HostFolder.Signal(process, "KILL");
        await process.WaitForExitAsync();
        process.Dispose();
        process = cluster.Start(folder, command);
        string lines = await HostFolder.ReadToAsync(process, "Slurm: 8 jobs for 30 targets, 8 of them queued before; ");
        await cluster.ReleaseAsync();

        // The node of the first job, while it runs: Slurm queues the job again, and the node comes back by itself.
        string node = await NodeOfAsync(folder, "world");
        await cluster.SlurmAsync("scontrol", "update", "nodename=" + node, "state=down", "reason=test");
        HostRun run = (await HostFolder.FinishAsync(process, lines)).Expect(ExitCode.Done);
        Assert.Equal(host.Folder.Published(), folder.Published());
        Assert.Contains("Restarts=1", await LastJobAsync("world"), StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [SlurmFact]
    public async Task Should_LoseNothing_When_ANodeDies()
    {
        using HostFolder folder = SlurmCluster.WithQuickPolls(HostFolder.Create(), held: true);
        Process process = cluster.Start(folder, "--target=world/pool", "--verbosity=verbose");
        string lines = await HostFolder.ReadToAsync(process, "Slurm: 1 job for 1 target; ");
        await cluster.ReleaseAsync();
        string node = await NodeOfAsync(folder, "world");
        await cluster.SlurmAsync("scancel", "--signal=STOP", "--full", "--name=world"); // or it might end first

        // Its daemon, the step and all of the job at once, as when the power goes. The controller finds out by itself, after SlurmdTimeout.
        await cluster.KillNodeAsync(node, (await cluster.SlurmAsync("squeue", "-h", "-n", "world", "-o", "%A")).Trim());
        HostRun run = (await HostFolder.FinishAsync(process, lines)).Expect(ExitCode.Done);
        Assert.Contains("1 target: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Restarts=1", await LastJobAsync("world"), StringComparison.Ordinal);
        await cluster.StartNodeAsync(node);
        await NothingIsLeftAsync();
    }

    [SlurmFact]
    public async Task Should_LoseNothing_When_AJobIsPreempted()
    {
        // Given
        using HostFolder folder = SlurmCluster.WithQuickPolls(HostFolder.Create(), held: true);
        Process process = cluster.Start(folder, "--target=Tiny", "--verbosity=verbose");
        string lines = await HostFolder.ReadToAsync(process, "Slurm: 8 jobs for 30 targets; ");
        await cluster.ReleaseAsync();
        string node = await NodeOfAsync(folder, "world");
        await cluster.SlurmAsync("scancel", "--signal=STOP", "--full", "--name=world"); // or it might end first

        // When
        await cluster.SlurmAsync(
            "sbatch", "--partition=urgent", "--job-name=" + SlurmCluster.Foreign, "--exclusive", "--nodelist=" + node, "--output=/dev/null", "--wrap=sleep 1");

        // Then
        HostRun run = (await HostFolder.FinishAsync(process, lines)).Expect(ExitCode.Done);
        // held
        Assert.All(
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^warning: Slurm job \d+ \([\w/]+\) waits: PENDING", line));
        Assert.Equal(host.Folder.Published(), folder.Published());
        Assert.Contains("Restarts=1", await LastJobAsync("world"), StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [SlurmFact]
    public async Task Should_SayWhatBecameOfTheJob_When_SomebodyCancelsIt()
    {
        using HostFolder folder = SlurmCluster.WithQuickPolls(HostFolder.Create());
        Process process = cluster.Start(folder, "--target=base/pretrain", "--verbosity=verbose");
        string lines = await HostFolder.ReadToAsync(process, "Slurm: 2 jobs for ");
        await cluster.SlurmAsync("scancel", "--name=base", "--state=PENDING");
        HostRun run = (await HostFolder.FinishAsync(process, lines)).Expect(ExitCode.TargetFailed);
        Assert.Matches(@"(?m)^failed: base/pretrain: Slurm job \d+ \(base\) ended as CANCELLED( \(\w+\))? without a sign of life\. ", run.Error);
    }

    [SlurmFact]
    public async Task Should_FindFilesOfTheCheckout_When_AProfileNamesThemFromItsRoot()
    {
        // A job has a copy of the YAML, but not of the data.
        using HostFolder folder = SlurmCluster.WithQuickPolls(HostFolder.Create());
        folder.Write("data/questions.jsonl", "{\"q\":\"What is one?\",\"a\":\"1\"}\n");
        folder.Edit("experiments/profiles/tiny.yaml", "benchmarks:\n", "benchmarks:\n  Mine: {file: data/questions.jsonl, map: {text: q, reference: a}}\n");
        HostRun run = (await cluster.RunAsync(folder, "--target=benchmarks/Mine", "--verbosity=verbose")).Expect(ExitCode.Done);
        Assert.Equal(["benchmarks/Mine"], run.Ran);
    }

    [SlurmFact]
    public async Task Should_SayWhatToDo_When_SlurmIsNotThereOrRefuses()
    {
        using HostFolder folder = HostFolder.Create();
        File.AppendAllText(folder.PathOf("experiments/profiles/tiny.yaml"), "cluster: {exact: {partition: nowhere}}\n");
        HostRun refused = (await cluster.RunAsync(folder, "--target=world/pool")).Expect(ExitCode.Usage);
        Assert.Matches(
            "^error: --executor=slurm: sbatch refused the job 'world': .*invalid partition specified: nowhere.* Fix 'cluster' in the profile",
            Assert.Single(refused.Errors));

        string bin = folder.PathOf("bin");
        Directory.CreateDirectory(bin);
        File.CreateSymbolicLink(Path.Combine(bin, "dotnet"), System.Environment.ProcessPath!);
        HostRun none = (await HostFolder.FinishAsync(folder.Start(
            HostFolder.WithDefaults(["--target=world/pool", "--executor=slurm"]),
            new Dictionary<string, string> { ["PATH"] = bin }))).Expect(ExitCode.Usage);
        Assert.StartsWith("error: --executor=slurm: Slurm's program 'squeue' cannot be started: ", Assert.Single(none.Errors), StringComparison.Ordinal);
    }

    // The controller says RUNNING before the node has begun with the job: its log is there once its step is. What is lost before is another story.
    private async Task<string> NodeOfAsync(HostFolder folder, string job)
    {
        string? node = null;
        await Hang.UntilAsync(
            async () =>
                (node = (await cluster.QueueAsync()).Select(line => line.Split(' '))
                    .FirstOrDefault(parts => parts[0] == job && parts[1] == "RUNNING")?[2]) is not null
                && Directory.EnumerateFiles(folder.PathOf(".cache/store.slurm"), "1_0.log", SearchOption.AllDirectories).Any(),
            50);
        return node!;
    }

    private Task<string> LastJobAsync(string name) => cluster.SlurmAsync("bash", "-c", $"scontrol show job -o | grep JobName={name} | tail -n 1");

    private static HostFolder TwoSeeds(HostFolder folder)
    {
        folder.Edit("experiments/profiles/tiny.yaml", "replicates: [1]", "replicates: [1, 2]");
        return folder;
    }

    private Task NothingIsLeftAsync() => Hang.UntilAsync(async () => (await cluster.QueueAsync()).Length == 0, 100);
}
