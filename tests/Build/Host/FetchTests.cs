using System.Net;
using System.Net.Sockets;
using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>Files of a hub come into the data folder, against a hub of this process.</summary>
[Collection(HostFixture.Name)]
public sealed class FetchTests : IDisposable
{
    private const string Rows = "{\"q\": \"What is one?\", \"a\": \"1\"}\n";
    private readonly HttpListener _hub = new();
    private readonly string _url;
    private readonly List<string?> _authorizations = [];

    public FetchTests()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            _url = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _hub.Prefixes.Add(_url);
        _hub.Start();
        _ = ServeAsync();
    }

    public void Dispose() => _hub.Close();

    [Fact]
    public async Task Should_BringABenchmarkWithItsDigest_When_ItsFileNamesAHub()
    {
        using HostFolder folder = Given("unknown");
        HostRun missing = (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Usage);
        Assert.Contains("Write ./build.sh --target=Fetch Mine", missing.Error, StringComparison.Ordinal);

        HostRun run = (await FetchAsync(folder, "Mine")).Expect(ExitCode.Done);
        Assert.Contains(
            $"mine/rows.jsonl: {Rows.Length} B, sha256 {ContentHash.OfText(Rows).Hex}; write it into the YAML", run.Output, StringComparison.Ordinal);
        Assert.Equal(Rows, folder.Read("data/mine/rows.jsonl"));
        Assert.Equal("Bearer hf_0123456789", Assert.Single(_authorizations));
        Assert.DoesNotContain("hf_0123456789", run.Output + run.Error, StringComparison.Ordinal);
        (await folder.RunAsync("--target=Tiny", "--dryrun")).Expect(ExitCode.Done);

        // Again: nobody is asked.
        Assert.Contains("mine/rows.jsonl: is there, ", (await FetchAsync(folder, "Mine")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Single(_authorizations);
    }

    [Fact]
    public async Task Should_KeepWhatIsThere_When_TheHubHasAnotherFile()
    {
        using HostFolder folder = Given(ContentHash.OfText("another").Hex);
        folder.Write("data/mine/rows.jsonl", "mine");
        HostRun run = (await FetchAsync(folder, "Mine")).Expect(ExitCode.TargetFailed);
        Assert.Contains(
            $"has the SHA-256 {ContentHash.OfText(Rows).Hex} instead of {ContentHash.OfText("another").Hex}", Assert.Single(run.Errors),
            StringComparison.Ordinal);
        Assert.Equal("mine", folder.Read("data/mine/rows.jsonl"));
    }

    [Fact]
    public async Task Should_BringAnyFile_When_ItIsNamedByItself()
    {
        using HostFolder folder = Given("unknown");
        (await FetchAsync(folder, "Owner/set:part/rows.jsonl")).Expect(ExitCode.Done);
        Assert.Equal(Rows, folder.Read("data/set/rows.jsonl"));
        HostRun none = (await FetchAsync(folder, "Owner/set@v2:other.jsonl", "Owner/set:part/rows.jsonl")).Expect(ExitCode.TargetFailed);
        Assert.Contains("other.jsonl of Owner/set@v2 cannot be downloaded: the hub has no such file.", Assert.Single(none.Errors), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'Mine'?", Assert.Single((await FetchAsync(folder, "Mien")).Expect(ExitCode.Usage).Errors), StringComparison.Ordinal);
    }

    private static HostFolder Given(string digest)
    {
        HostFolder folder = HostFolder.Create();
        folder.Write("experiments/prompts/mine.txt", "{question}");
        folder.Write("experiments/benchmarks/Mine.yaml", $$"""
            name: Mine
            version: 1
            description: One question.
            source:
              files: {mine/rows.jsonl: {{digest}}}
              format: jsonl
              hub: {dataset: Owner/set, folder: part}
            map: {text: q, reference: a}
            answer: number
            options: 0
            prompt: prompts/mine.txt
            protocols: [strict-answer-line/2]
            seeds: 1
            changes: {1: The first.}
            """);
        folder.Edit("experiments/profiles/tiny.yaml", "benchmarks:\n", "benchmarks:\n  Mine: {file: benchmarks/Mine.yaml}\n");
        return folder;
    }

    private Task<HostRun> FetchAsync(HostFolder folder, params string[] names) => HostFolder.FinishAsync(folder.Start(
        ["--target=Fetch", .. names],
        new Dictionary<string, string> { ["HF_ENDPOINT"] = _url, ["HF_TOKEN"] = "hf_0123456789" }));

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _hub.GetContextAsync();
                _authorizations.Add(context.Request.Headers["Authorization"]);
                bool known = context.Request.RawUrl == "/datasets/Owner/set/resolve/main/part/rows.jsonl";
                context.Response.StatusCode = known ? 200 : 404;
                context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(known ? Rows : ""));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }
}
