using Microsoft.Extensions.Time.Testing;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Hub;
using NaturalThoughts.Tests;

namespace NaturalThoughts.Sources.Tests.Hub;

public sealed class HubClientTests : IDisposable
{
    private const string Token = "hf_abcdefghijklmnop";
    private static readonly HubFile File1 = new("Owner/set one", "main", "data/test 1.parquet");
    private static readonly byte[] Bytes = Noise(300_000);
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;

    private string Target => Path.Combine(_folder, "set", "test.parquet");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_HaveTheFile_When_TheHubGivesIt()
    {
        using FakeHub hub = new((request, stream) => FakeHub.Give(stream, request, Bytes));
        List<HubProgress> seen = [];
        Assert.Equal(ContentHash.Of(Bytes), await DownloadAsync(hub, progress: seen));
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal(["test.parquet"], Directory.EnumerateFiles(Path.GetDirectoryName(Target)!).Select(Path.GetFileName));
        Assert.Equal("/datasets/Owner/set%20one/resolve/main/data/test%201.parquet", Assert.Single(hub.Requests).Path);
        Assert.Equal(new HubProgress(Bytes.Length, Bytes.Length), seen[^1]);
    }

    [Fact]
    public async Task Should_ContinueWhereItBroke_When_TheConnectionIsCut()
    {
        // Given a server that breaks after 100,000 bytes each time: progress, so that it is asked again and again.
        using FakeHub hub = new((request, stream) => FakeHub.Give(stream, request, Bytes, most: 100_000));
        await DownloadAsync(hub);
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal([null, 100_000L, 200_000L], hub.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Should_BeginAnew_When_TheFileChangedBetweenTwoParts()
    {
        byte[] other = Noise(300_000, "other");
        int requests = 0;
        using FakeHub hub = new((request, stream) =>
        {
            bool first = Interlocked.Increment(ref requests) == 1;
            FakeHub.Give(stream, request, first ? Bytes : other, first ? "v1" : "v2", first ? 100_000 : int.MaxValue);
        });
        await DownloadAsync(hub);
        Assert.Equal(other, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Should_ContinueInAnotherProcess_When_ItWasStopped()
    {
        using CancellationTokenSource stop = new();
        using FakeHub hub = new((request, stream) =>
        {
            FakeHub.Give(stream, request, Bytes, most: request.From is null ? 100_000 : int.MaxValue);
            if (request.From is null)
            {
                Hang.UntilAsync(() => File.Exists(Target + ".part") && new FileInfo(Target + ".part").Length == 100_000).Wait();
                stop.Cancel();
                Hang.UntilAsync(() => stop.IsCancellationRequested).Wait();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DownloadAsync(hub, cancellation: stop.Token));
        Assert.False(File.Exists(Target));
        await DownloadAsync(hub);
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
        Assert.Equal(100_000, hub.Requests.Last().From);
    }

    [Fact]
    public async Task Should_TakeWhatIsThere_When_AllOfItCameBefore()
    {
        using FakeHub hub = new((request, stream) => FakeHub.Give(stream, request, Bytes));
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target + ".part", Bytes);
        File.WriteAllText(Target + ".part.etag", "\"v1\"");
        await DownloadAsync(hub);
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Should_TellTheTokenToTheHubAlone_When_ItSendsOn()
    {
        using FakeHub store = new((request, stream) => FakeHub.Give(stream, request, Bytes));
        using FakeHub hub = new((_, stream) => FakeHub.Head(
            stream, "302 Found",
            $"Location: {store.Url}/blob?signed=1\r\nX-Linked-Size: {Bytes.Length}\r\nX-Linked-ETag: "
            + $"\"{ContentHash.Of(Bytes).Hex}\"\r\nContent-Length: 0\r\n"));
        await DownloadAsync(hub, token: Token);
        Assert.Equal("Bearer " + Token, Assert.Single(hub.Requests).Authorization);
        Assert.Null(Assert.Single(store.Requests).Authorization);
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Should_KeepNothing_When_TheHubsOwnDigestDiffers()
    {
        using FakeHub store = new((request, stream) => FakeHub.Give(stream, request, Noise(Bytes.Length, "damaged")));
        using FakeHub hub = new((_, stream) => FakeHub.Head(
            stream, "302 Found",
            $"Location: {store.Url}/blob\r\nX-Linked-Size: {Bytes.Length}\r\nX-Linked-ETag: \"{ContentHash.Of(Bytes).Hex}\"\r\nContent-Length: 0\r\n"));
        Assert.Contains("damaged on the way", (await RefusedAsync(hub)).Hint, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task Should_KeepNothing_When_TheDeclaredDigestDiffers()
    {
        using FakeHub hub = new((request, stream) => FakeHub.Give(stream, request, Bytes));
        UserError error = await RefusedAsync(hub, ContentHash.OfText("another"));
        Assert.Contains(ContentHash.Of(Bytes).Hex, error.Message, StringComparison.Ordinal);
        Assert.Contains(ContentHash.OfText("another").Hex, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Target)!));
    }

    [Theory]
    [InlineData("401 Unauthorized", null, "set HF_TOKEN to a token of that account")]
    [InlineData("403 Forbidden", Token, "with the account whose token is in HF_TOKEN")]
    [InlineData("404 Not Found", Token, "Check the names of data set, revision and file")]
    public async Task Should_SayWhatToDo_When_TheHubRefuses(string status, string? token, string hint)
    {
        using FakeHub hub = new((_, stream) => FakeHub.Head(stream, status));
        UserError error = await RefusedAsync(hub, token: token);
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
        Assert.Contains("data/test 1.parquet of Owner/set one@main", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
        Assert.Single(hub.Requests);
    }

    [Fact]
    public async Task Should_GiveUpAndKeepWhatCame_When_TheHubStaysBroken()
    {
        using FakeHub hub = new((request, stream) =>
        {
            if (request.From is null)
            {
                FakeHub.Give(stream, request, Bytes, most: 50_000);
            }
            else
            {
                FakeHub.Head(stream, "503 Service Unavailable");
            }
        });
        Assert.Contains("The hub answers 503.", (await RefusedAsync(hub)).Message, StringComparison.Ordinal);
        Assert.Equal(50_000, new FileInfo(Target + ".part").Length);
        Assert.Equal(7, hub.Requests.Count);
    }

    [Fact]
    public async Task Should_AskAgain_When_TheHubIsSilent()
    {
        using ManualResetEventSlim done = new();
        int requests = 0;
        using FakeHub hub = new((request, stream) =>
        {
            if (Interlocked.Increment(ref requests) == 1)
            {
                done.Wait(Hang.Limit);
                return;
            }

            FakeHub.Give(stream, request, Bytes);
        });
        await DownloadAsync(hub);
        done.Set();
        Assert.Equal(Bytes, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData("http://elsewhere.example/x", "without https")]
    [InlineData("/again", "sends on more than 5 times")]
    public async Task Should_FollowNoFurther_When_TheHubSendsAstray(string location, string why)
    {
        using FakeHub hub = new((_, stream) => FakeHub.Head(stream, "302 Found", $"Location: {location}\r\nContent-Length: 0\r\n"));
        Assert.Contains(why, (await RefusedAsync(hub, token: Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_StopAtItsSize_When_MoreComes()
    {
        using FakeHub store = new((request, stream) => FakeHub.Give(stream, request, Bytes));
        using FakeHub hub = new((_, stream) =>
            FakeHub.Head(stream, "302 Found", $"Location: {store.Url}/blob\r\nX-Linked-Size: 1000\r\nContent-Length: 0\r\n"));
        Assert.Contains("More came than the 1000 bytes", (await RefusedAsync(hub)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://hub.example")]
    [InlineData("http://hub.example")]
    [InlineData("https://user:secret@hub.example")]
    [InlineData("hub.example")]
    public void Should_RefuseTheAddress_When_ATokenWouldBeReadable(string address)
    {
        UserError error = Assert.Throws<UserErrorException>(() => new HubSettings(address, Token)).Errors[0];
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    private static byte[] Noise(int count, string seed = "hub")
    {
        SeededRandom random = SeededRandom.From(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextUInt64())];
    }

    private async Task<UserError> RefusedAsync(FakeHub hub, ContentHash? sha256 = null, string? token = null) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => DownloadAsync(hub, sha256, token))).Errors[0];

    // The clock runs ahead of the real one, so that no test waits for a wait.
    private async Task<ContentHash> DownloadAsync(
        FakeHub hub, ContentHash? sha256 = null, string? token = null, List<HubProgress>? progress = null, CancellationToken cancellation = default)
    {
        FakeTimeProvider time = new();
        using HubClient client = new(new HubSettings(hub.Url, token), time, TimeSpan.FromMinutes(10));
        Task<ContentHash> download = client.DownloadAsync(File1, Target, sha256, progress is null ? null : new Listener(progress), cancellation);
        await Hang.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return download.IsCompleted;
        });
        return await download;
    }

    private sealed class Listener(List<HubProgress> seen) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => seen.Add(value);
    }
}
