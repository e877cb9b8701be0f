using System.Diagnostics;

namespace NaturalThoughts.Pipeline.Tests.Scheduling;

public sealed class SharedStoreTests : IDisposable
{
    private readonly Bench _bench = new();
    private readonly string _log;

    public SharedStoreTests() => _log = Directory.CreateDirectory(Path.Combine(_bench.Folder, "log")).FullName;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_RunEachTargetOnce_When_ProcessesShareAStore()
    {
        Process[] processes = [.. Enumerable.Range(0, 8).Select(_ => Start())];
        await Task.WhenAll(processes.Select(process => process.WaitForExitAsync()));

        Assert.All(processes, process => Assert.Equal(0, process.ExitCode));
        Assert.Equal(SharedRun.Width + 1, Directory.GetFiles(_log).Length);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_bench.Root, "tmp")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_bench.Root, "locks")));
    }

    [Fact]
    public async Task Should_NeedNoUnlock_When_AProcessWasKilled()
    {
        using (Process killed = Start())
        {
            await Hang.UntilAsync(() => Directory.GetFiles(_log).Length >= 3, 5);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        using Process next = Start();
        await next.WaitForExitAsync();

        // What was recorded before the kill is not run again; what was running, at most two, is.
        Assert.Equal(0, next.ExitCode);
        Assert.InRange(Directory.GetFiles(_log).Length, SharedRun.Width + 1, SharedRun.Width + 3);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_bench.Root, "tmp")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_bench.Root, "locks")));
    }

    private Process Start() => Process.Start(new ProcessStartInfo(DotnetRoot.Host, [typeof(SharedStoreTests).Assembly.Location, "run", _bench.Root, _log]))!;
}
