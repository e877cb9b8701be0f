using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;

namespace NaturalThoughts.Pipeline.Tests.Execution;

public sealed class WorkerPoolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt worker ");
    private readonly WorkerPool _pool = new(Command);
    private int _jobs;

    private static WorkerCommand Command => new(DotnetRoot.Host, [typeof(WorkerPoolTests).Assembly.Location, "worker"]);

    public void Dispose()
    {
        _pool.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_KeepTheProtocol_When_TheStageWritesToTheConsole()
    {
        string input = Path.Combine(_folder.FullName, "in.txt");
        File.WriteAllText(input, "hello");
        List<StageProgress> progress = [];
        StageJob job = Job("noisy") with
        {
            Parameters = new JsonObject { ["word"] = "ğ\n" },
            Inputs = new Dictionary<string, string> { ["in"] = input },
        };
        StageResult result = await _pool.ExecuteAsync(job, new Collect(progress), CancellationToken.None);

        Assert.Equal("hello!ğ\n", Text(job));
        Assert.Equal(3, result.Counts["rows"]);
        Assert.Equal(["ü\n\"w\""], result.Warnings);
        Assert.Equal([new StageProgress(1, 2, "rows", "half\n\u001e")], progress);
    }

    [Fact]
    public async Task Should_KeepTheWorkerWarm_When_JobsFollowEachOther()
    {
        StageJob first = Job("pid") with { Threads = 3, Device = "cuda" };
        StageJob second = Job("pid");
        await _pool.ExecuteAsync(first, null, CancellationToken.None);
        await _pool.ExecuteAsync(second, null, CancellationToken.None);

        Assert.EndsWith(" 3 cuda", Text(first), StringComparison.Ordinal);
        Assert.EndsWith(" 1 cpu", Text(second), StringComparison.Ordinal);
        Assert.Equal(Text(first).Split(' ')[0], Text(second).Split(' ')[0]);
    }

    [Fact]
    public async Task Should_CarryErrors_When_AStageFails()
    {
        StageFailedException user = await Assert.ThrowsAsync<StageFailedException>(() => _pool.ExecuteAsync(Job("user-error"), null, CancellationToken.None));
        Assert.Equal([new UserError("bad row", "data.jsonl:3", "mend it"), new UserError("worse row")], user.Errors);
        Assert.Null(user.Details);

        Assert.False(user.IsStorage);
        StageFailedException full = await Assert.ThrowsAsync<StageFailedException>(() => _pool.ExecuteAsync(Job("full"), null, CancellationToken.None));
        Assert.True(full.IsStorage);

        StageFailedException bug = await Assert.ThrowsAsync<StageFailedException>(() => _pool.ExecuteAsync(Job("bug"), null, CancellationToken.None));
        Assert.Equal("InvalidOperationException: a bug", bug.Errors[0].Message);
        Assert.Contains("WorkerStages.Run", bug.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_FailOnlyItsJob_When_AWorkerDies()
    {
        StageJob before = Job("pid");
        await _pool.ExecuteAsync(before, null, CancellationToken.None);
        StageFailedException died = await Assert.ThrowsAsync<StageFailedException>(() => _pool.ExecuteAsync(Job("die"), null, CancellationToken.None));
        StageJob after = Job("pid");
        await _pool.ExecuteAsync(after, null, CancellationToken.None);

        Assert.Contains("exit code 7", died.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("Segmentation of thoughts", died.Details, StringComparison.Ordinal);
        Assert.NotEqual(Text(before), Text(after));
    }

    [Fact]
    public async Task Should_EndTheWorker_When_Cancelled()
    {
        using CancellationTokenSource stop = new();
        StageJob job = HangingJob(out string sign);
        Task<StageResult> run = _pool.ExecuteAsync(job, null, stop.Token);
        int pid = await ReadPidAsync(sign);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.False(IsAlive(pid));
    }

    [Fact]
    public async Task Should_EndTheWorker_When_TheParentIsGone()
    {
        StageJob job = HangingJob(out string sign);
        ProcessStartInfo start = new(Command.FileName, Command.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process worker = Process.Start(start)!;
        await worker.StandardInput.WriteLineAsync(WorkerMessages.Job(job));
        await worker.StandardInput.FlushAsync();
        await ReadPidAsync(sign);
        worker.StandardInput.Close();
        using CancellationTokenSource late = new(Hang.Limit);
        await worker.WaitForExitAsync(late.Token);

        Assert.Equal((int)ExitCode.Interrupted, worker.ExitCode);
    }

    [Fact]
    public async Task Should_SayWhy_When_TheWorkerCannotBeStarted()
    {
        using WorkerPool none = new(new WorkerCommand("/no/such/program", []));
        StageFailedException failed = await Assert.ThrowsAsync<StageFailedException>(() => none.ExecuteAsync(Job("pid"), null, CancellationToken.None));

        Assert.Contains("/no/such/program", failed.Errors[0].Message, StringComparison.Ordinal);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task<int> ReadPidAsync(string sign)
    {
        int pid = 0;
        await Hang.UntilAsync(() => File.Exists(sign) && int.TryParse(File.ReadAllText(sign), CultureInfo.InvariantCulture, out pid));
        return pid;
    }

    private static string Text(StageJob job) => File.ReadAllText(Path.Combine(job.OutputFolder, "data.txt"));

    private StageJob HangingJob(out string sign)
    {
        sign = Path.Combine(_folder.FullName, "sign");
        return Job("hang") with { Parameters = new JsonObject { ["sign"] = sign } };
    }

    private StageJob Job(string stage) => new()
    {
        Address = "test/" + stage,
        StageName = stage,
        Parameters = [],
        Inputs = new Dictionary<string, string>(),
        OutputFolder = _folder.CreateSubdirectory($"out{_jobs++}").FullName,
    };

    private sealed class Collect(List<StageProgress> into) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => into.Add(value);
    }
}
