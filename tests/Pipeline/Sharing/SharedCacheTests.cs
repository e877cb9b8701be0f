using Microsoft.Extensions.Time.Testing;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Sharing;

namespace NaturalThoughts.Pipeline.Tests.Sharing;

public sealed class SharedCacheTests : IDisposable
{
    private readonly SharingBench _bench = new();
    private readonly FakeServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("http")]
    public async Task Should_ComputeNothing_When_ASecondStoreIsEmpty(string kind)
    {
        RunReport first = await _bench.RunAsync(_bench.First, Open(kind), SharingBench.Plan());
        Assert.True(first.Succeeded);
        Assert.Equal(new SharedTraffic(0, 0, 0, 4, 4, 29), _bench.Traffic);

        RunReport second = await _bench.RunAsync(_bench.Second, Open(kind), SharingBench.Plan());

        Assert.Equal(0, SharingBench.Runs(_bench.Second));
        Assert.Equal("ALPHA+BETA", _bench.Second.Text(second, "d"));
        Assert.All(second.Results, result => Assert.Equal("from the shared cache", result.Reason));

        // Four records, but of the files only the one that was asked for.
        Assert.Equal(new SharedTraffic(4, 1, 10, 0, 0, 0), _bench.Traffic);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_bench.Second.Root, "objects"), "*", SearchOption.AllDirectories));
        Assert.Empty(_bench.Warnings);
        _bench.AssertSound(_bench.Second);

        // Without the cache the store stands by itself.
        Assert.All((await _bench.Second.RunAsync(SharingBench.Plan(), "d")).Results, result => Assert.Equal(TargetOutcome.Cached, result.Outcome));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("http")]
    public async Task Should_TakeWhatItReads_When_ATargetChanges(string kind)
    {
        await _bench.RunAsync(_bench.First, Open(kind), SharingBench.Plan());
        _bench.Second.Code["join"] = "v2";

        RunReport report = await _bench.RunAsync(_bench.Second, Open(kind), SharingBench.Plan());

        // join runs on files that it takes; it gives the same bytes, so that d, by its record, need not run.
        Assert.Equal((0, 1, 0), (_bench.Second.RunsOf("source"), _bench.Second.RunsOf("join"), _bench.Second.RunsOf("upper")));
        Assert.Equal("ALPHA+BETA", _bench.Second.Text(report, "d"));
        Assert.Equal(new SharedTraffic(3, 3, 19, 1, 0, 0), _bench.Traffic);
    }

    [Fact]
    public async Task Should_TakeTheFilesAgain_When_TheStoreLostThem()
    {
        await _bench.RunAsync(_bench.First, Open("http"), SharingBench.Plan());
        RunReport report = await _bench.RunAsync(_bench.Second, Open("http"), SharingBench.Plan());
        File.Delete(_bench.Second.ObjectPath(report["d"].Record!.Outputs["data.txt"]));

        report = await _bench.RunAsync(_bench.Second, Open("http"), SharingBench.Plan());

        Assert.Equal(0, SharingBench.Runs(_bench.Second));
        Assert.Equal("ALPHA+BETA", _bench.Second.Text(report, "d"));
    }

    [Theory]
    [InlineData("401 Unauthorized", "cannot be read: it answered 401. Credentials come from the environment")]
    [InlineData("403 Forbidden", "cannot be read: it answered 403.")]
    [InlineData("302 Found", "a redirect, which is not followed")]
    [InlineData("500 Internal Server Error", "cannot be used: it answered 500.")]
    public async Task Should_WarnOnceAndRun_When_TheServerRefuses(string status, string expected)
    {
        _server.Instead = (_, stream) =>
        {
            FakeServer.Answer(stream, status, headers: "Location: http://127.0.0.1:1/elsewhere\r\n");
            return true;
        };
        await AssertRunsAlone(expected);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Should_WarnOnceAndRun_When_TheServerIsSilent()
    {
        using ManualResetEventSlim over = new();
        FakeTimeProvider clock = new();
        _server.Instead = (_, _) =>
        {
            clock.Advance(Hang.Limit);
            over.Wait(Hang.Limit);
            return true;
        };
        await AssertRunsAlone(
            FormattableString.Invariant($"cannot be used: it was silent or too slow for {Hang.Limit.TotalSeconds} s. The run goes on without it."), clock);
        over.Set();
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Should_WarnOnceAndRun_When_NobodyListens()
    {
        _server.Dispose();
        await AssertRunsAlone("cannot be used: Connection refused");
    }

    [Fact]
    public async Task Should_WarnOnceAndRun_When_TheFolderIsNotThere()
    {
        string folder = Path.Combine(_bench.First.Folder, "not mounted");
        RunReport report = await _bench.RunAsync(_bench.Second, new FolderStorage(folder), SharingBench.Plan(), jobs: 1);
        Assert.True(report.Succeeded);
        Assert.Equal(4, SharingBench.Runs(_bench.Second));
        Assert.Contains($"The shared cache {folder} cannot be used: the folder is not there", Assert.Single(_bench.Warnings), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Should_GoOnReading_When_NothingMayBeWritten()
    {
        await _bench.RunAsync(_bench.First, Open("http"), SharingBench.Plan());
        int before = _server.Requests.Count;
        _server.Instead = (request, stream) =>
        {
            if (!request.StartsWith("PUT ", StringComparison.Ordinal))
            {
                return false;
            }

            FakeServer.Answer(stream, "403 Forbidden");
            return true;
        };
        RunReport report = await _bench.RunAsync(_bench.Second, Open("http"), SharingBench.Plan("other"), jobs: 1);

        Assert.True(report.Succeeded);
        Assert.Equal("from the shared cache", report["b"].Reason);
        Assert.Equal(3, SharingBench.Runs(_bench.Second));
        Assert.Contains(
            "accepts nothing from this run: it answered 403. What this run makes stays in its own store; reading continues.", Assert.Single(_bench.Warnings),
            StringComparison.Ordinal);
        Assert.Single(_server.Requests.Skip(before), request => request.StartsWith("PUT ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_SendCredentials_When_TheEnvironmentHasThem()
    {
        CacheCredentials token = CacheCredentials.Read(name => name == CacheCredentials.TokenVariable ? "s3cret" : null)!;
        await _bench.RunAsync(_bench.First, SharingBench.Http(_server, token), SharingBench.Plan());
        Assert.NotEmpty(_server.Authorizations);
        Assert.All(_server.Authorizations, header => Assert.Equal("Bearer s3cret", header));
        Assert.All(
            Directory.EnumerateFiles(_bench.First.Root, "*", SearchOption.AllDirectories),
            path => Assert.DoesNotContain("s3cret", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.All(_server.Files.Values, file => Assert.Equal(-1, file.AsSpan().IndexOf("s3cret"u8)));
    }

    private ISharedStorage Open(string kind) => kind == "http"
        ? SharingBench.Http(_server)
        : new FolderStorage(Directory.CreateDirectory(Path.Combine(_bench.First.Folder, "shared ü")).FullName);

    private async Task AssertRunsAlone(string warning, TimeProvider? clock = null)
    {
        RunReport report = await _bench.RunAsync(_bench.Second, SharingBench.Http(_server, clock: clock), SharingBench.Plan(), jobs: 1);
        Assert.True(report.Succeeded);
        Assert.Equal(4, SharingBench.Runs(_bench.Second));
        Assert.Equal("ALPHA+BETA", _bench.Second.Text(report, "d"));
        Assert.Contains(warning, Assert.Single(_bench.Warnings), StringComparison.Ordinal);
        _bench.AssertSound(_bench.Second);
    }
}
