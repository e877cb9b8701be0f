using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class ServeTests(HostFixture host) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Hang.Limit };

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Should_AnswerUntilItIsAskedToEnd_When_TheWorldIsServed(string signal)
    {
        Process process = host.Folder.Start(["--target=Serve", "--models=world", "--profile=tiny", "--port=0", "--host=127.0.0.1", "--faults=0"]);
        (string url, string lines) = await HostFolder.ReadyAsync(process);
        Assert.StartsWith("http://127.0.0.1:", url);
        JsonNode models = JsonNode.Parse(await _http.GetStringAsync(url + "/models"))!;
        Assert.Equal(["world-teacher", "world-second", "world-annotator", "world-judge"], models["data"]!.AsArray().Select(model => (string)model!["id"]!));
        using HttpResponseMessage response = await _http.PostAsync(
            url + "/chat/completions",
            new StringContent(
                """{"model": "world-judge", "messages": [{"role": "user", "content": "no prompt of ours"}]}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);

        HostFolder.Signal(process, signal);
        HostRun run = (await HostFolder.FinishAsync(process, lines)).Expect(ExitCode.Done);
        Assert.EndsWith("ended\n", run.Output);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Should_AskForTheKey_When_TheEnvironmentHasOne()
    {
        Process process = host.Folder.Start(
            ["--target=Serve", "--models=world", "--profile=tiny", "--port=0"],
            new Dictionary<string, string> { ["NATURALTHOUGHTS_SERVE_KEY"] = "a-key-of-tests" });
        (string url, string lines) = await HostFolder.ReadyAsync(process);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync(url + "/models")).StatusCode);
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer a-key-of-tests");
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(url + "/models")).StatusCode);
        HostFolder.Signal(process, "TERM");
        HostRun run = (await HostFolder.FinishAsync(process, lines)).Expect(ExitCode.Done);
        Assert.DoesNotContain("a-key-of-tests", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_AnswerAsAStudent_When_AnAddressOrAFolderIsServed()
    {
        const string Student = "Tiny/Random/8/System2/seed1";
        using HostFolder folder = host.Copy();
        (await folder.RunAsync("--target=Export", Student, "--to=" + folder.PathOf("student"))).Expect(ExitCode.Done);
        List<string> answers = [];
        foreach (string served in (string[])[Student, folder.PathOf("student")])
        {
            Process process = folder.Start(HostFolder.WithDefaults(["--target=Serve", served, "--port=0"]));
            (string url, string lines) = await HostFolder.ReadyAsync(process);
            string name = (string)JsonNode.Parse(await _http.GetStringAsync(url + "/models"))!["data"]![0]!["id"]!;
            Assert.StartsWith(served == Student ? Student : "student", name);
            string body = new JsonObject
            {
                ["model"] = name,
                ["temperature"] = 0,
                ["max_tokens"] = 8,
                ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "How many apples ?" }),
            }.ToJsonString();
            using HttpResponseMessage response = await _http.PostAsync(url + "/chat/completions", new StringContent(body, Encoding.UTF8, "application/json"));
            JsonNode reply = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            answers.Add(reply["choices"]![0]!.ToJsonString());
            HostFolder.Signal(process, "TERM");
            (await HostFolder.FinishAsync(process, lines)).Expect(ExitCode.Done);
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Store + ".serving"));
    }

    [Fact]
    public async Task Should_SayWhy_When_ItCannotBeServed()
    {
        HostRun open = (await host.Folder.RunBareAsync("--target=Serve", "--models=world", "--profile=tiny", "--host=0.0.0.0")).Expect(ExitCode.Usage);
        Assert.StartsWith("error: host: Anyone who reaches 0.0.0.0 could use the models.", Assert.Single(open.Errors));
        HostRun none = (await host.Folder.RunAsync("--target=Serve", "world/pool", "--port=0")).Expect(ExitCode.Usage);
        Assert.StartsWith("error: Serve: 'world/pool' is not a student", none.Errors[^1]);
        HostRun other = (await host.Folder.RunBareAsync("--target=Serve", "--models=world", "--profile=tniy")).Expect(ExitCode.Usage);
        Assert.Contains("Did you mean 'tiny'?", Assert.Single(other.Errors), StringComparison.Ordinal);
    }
}
