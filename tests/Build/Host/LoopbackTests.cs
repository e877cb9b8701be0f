using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>
/// The tests' profile with its questions out of a file in NaturalReasoning's schema and all models behind an endpoint, a tenth of whose replies
/// are wrong: the whole chain that real parts take.
/// </summary>
[Collection(HostFixture.Name)]
public sealed class LoopbackTests(HostFixture host)
{
    [Fact]
    public async Task Should_GiveTheSameTable_When_EverythingComesFromFilesAndEndpoints()
    {
        // Given: a server of its own, as a user starts it
        using HostFolder folder = await LoopedAsync();
        Process server = folder.Start(["--target=Serve", "--models=world", "--profile=tiny", "--port=0", "--faults=0.1"]);
        (string url, string lines) = await HostFolder.ReadyAsync(server);

        // When
        Process process = folder.Start(
            HostFolder.WithDefaults(["--target=Tiny", "--profile=looped", "--verbosity=verbose"]), new Dictionary<string, string> { ["LOOPBACK_URL"] = url });
        HostRun run = (await HostFolder.FinishAsync(process)).Expect(ExitCode.Done);
        HostFolder.Signal(server, "TERM");

        (await HostFolder.FinishAsync(server, lines)).Expect(ExitCode.Done);

        // Then: selections and training sets have the same bytes, so that no student is trained or asked anew, and the table is the same
        Assert.Contains("data/traces", run.Ran);
        Assert.Contains("Tiny/Random/16/System2/seed1/select", run.Ran);
        Assert.Contains("Tiny/Random/16/System2/seed1/compose", run.Ran);
        Assert.DoesNotContain(
            run.Ran,
            address => address.Contains("/fine-tune", StringComparison.Ordinal) || address.Contains("/generate/", StringComparison.Ordinal)
                || address.Contains("/grade/", StringComparison.Ordinal));
        Assert.DoesNotContain("The models of the world", run.Output, StringComparison.Ordinal);
        foreach (string end in new[] { ".csv", ".outcomes", ".svg" })
        {
            Assert.Equal(folder.Read("results/tiny/Tiny" + end), folder.Read("results/looped/Tiny" + end));
        }

        Match calls = Regex.Match(
            run.Output, "^Calls of models: (?<answered>[0-9 ]+) answered, 0 kept before, 0 without an answer, (?<faults>[0-9 ]+) attempts failed",
            RegexOptions.Multiline);
        Assert.True(calls.Success, run.Output);
        Assert.NotEqual("0", calls.Groups["faults"].Value);

        // What a called model wrote is no pure function of its inputs; the base student reads none of it.
        string text = folder.Read("results/looped/Tiny.lock.json");
        System.Text.Json.Nodes.JsonNode cells = System.Text.Json.Nodes.JsonNode.Parse(text)!["provenance"]!["cells"]!;
        Assert.Equal(("statistical", "pinned"), ((string)cells["Random/16/System2"]!["class"]!, (string)cells["base"]!["class"]!));

        // From scratch is without what stages made, and not without what was paid for.
        HostRun verified = (await folder.RunAsync("--target=Verify", "Tiny", "--profile=looped", "--from-scratch", "--offline")).Expect(ExitCode.Done);
        Assert.DoesNotContain("warning", verified.Output + verified.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf(".cache/store.scratch")));
    }

    [Fact]
    public async Task Should_KeepEveryFinishedCall_When_ALimitIsMet()
    {
        using HostFolder folder = await LoopedAsync();

        HostRun plan = (await folder.RunAsync("--target=data/judgements", "--profile=looped", "--dryrun")).Expect(ExitCode.Done);
        Assert.Contains(
            "Calls of world-teacher at http://127.0.0.1:8080/v1 by teach: up to 120 calls of at most 1 966 080 tokens of replies, replies cost at most 3.93, "
            + "if each were as long as maxTokens", plan.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Calls of world-annotator at http://127.0.0.1:8080/v1 by annotate: up to 240 calls of at most 3 932 160 tokens of replies, no price is given.",
            (await folder.RunAsync("--target=data/annotations", "--profile=looped", "--dryrun")).Output, StringComparison.Ordinal);

        HostRun stopped = (await folder.RunAsync("--target=data/traces", "--profile=looped", "--max-calls=50")).Expect(ExitCode.TargetFailed);
        Assert.Contains("failed: data/traces: --max-calls: The limit of remote calls is met: 50 calls were sent.", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("at http://127.0.0.1:", stopped.Output, StringComparison.Ordinal);
        HostRun dear = (await folder.RunAsync("--target=data/traces", "--profile=looped", "--max-cost=0.01")).Expect(ExitCode.TargetFailed);
        Assert.Contains("failed: data/traces: --max-cost: The limit of remote calls is met", dear.Error, StringComparison.Ordinal);
        HostRun free = (await folder.RunAsync("--target=data/second", "--profile=looped", "--max-cost=5")).Expect(ExitCode.Usage);
        Assert.StartsWith(
            "error: --max-cost: --max-cost limits nothing: no model that this run may call has a price.", Assert.Single(free.Errors), StringComparison.Ordinal);
        HostRun lacking = (await folder.RunAsync("--target=data/traces", "--profile=looped", "--offline")).Expect(ExitCode.TargetFailed);
        Assert.Contains("rows got no answer", lacking.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("The models of the world", lacking.Output, StringComparison.Ordinal);

        HostRun rest = (await folder.RunAsync("--target=data/judgements", "--profile=looped")).Expect(ExitCode.Done);
        Match calls = Regex.Match(rest.Output, "^Calls of models: [0-9 ]+ answered, (?<kept>[0-9 ]+) kept before", RegexOptions.Multiline);
        Assert.InRange(int.Parse(calls.Groups["kept"].Value.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), 1, 50);

        // A store that lost all but the calls is filled again without a server.
        string traces = Looped.Digest(await folder.RunAsync("--target=Show", "data/traces", "--profile=looped"));
        (await folder.RunBareAsync("--target=Clean")).Expect(ExitCode.Done);
        HostRun again = (await folder.RunAsync("--target=data/judgements", "--profile=looped", "--offline")).Expect(ExitCode.Done);
        Assert.Contains("Calls of models: 0 answered,", again.Output, StringComparison.Ordinal);
        Assert.Equal(traces, Looped.Digest(await folder.RunAsync("--target=Show", "data/traces", "--profile=looped")));
    }

    [Fact]
    public async Task Should_HaveTheSameBytes_When_APoolIsCutIntoShards()
    {
        using HostFolder folder = await LoopedAsync();
        (await folder.RunAsync("--target=data/traces", "--profile=looped")).Expect(ExitCode.Done);
        string whole = Looped.Digest(await folder.RunAsync("--target=Show", "data/traces", "--profile=looped"));

        folder.Edit("experiments/profiles/looped.yaml", "prompt: prompts/teach.txt, ", "prompt: prompts/teach.txt, shards: 3, ");
        HostRun run = (await folder.RunAsync("--target=data/traces", "--profile=looped", "--verbosity=verbose")).Expect(ExitCode.Done);

        Assert.Equal(["data/traces", "data/traces/shard0", "data/traces/shard1", "data/traces/shard2"], run.Ran);
        Assert.Contains("Calls of models: 0 answered, 120 kept before", run.Output, StringComparison.Ordinal);
        Assert.Equal(whole, Looped.Digest(await folder.RunAsync("--target=Show", "data/traces", "--profile=looped")));
    }

    [Fact]
    public async Task Should_GradeAModelBehindAnEndpoint_When_ItIsARow()
    {
        using HostFolder folder = await LoopedAsync();
        folder.Edit(
            "experiments/tables/Tiny.yaml", "  - base: true\n",
            "  - {endpoint: http://127.0.0.1:8080/v1, addressVariable: LOOPBACK_URL, model: world-second, label: Second, limits: {backoff: 0.01}}\n");

        HostRun run = (await folder.RunAsync("--target=Tiny/Second", "--profile=looped", "--verbosity=verbose")).Expect(ExitCode.Done);

        Assert.Equal(
            ["Tiny/Second/seed1/answer/Free", "Tiny/Second/seed1/answer/Hard", "Tiny/Second/seed1/grade/Free", "Tiny/Second/seed1/grade/Hard"],
            run.Ran.Where(address => address.StartsWith("Tiny/", StringComparison.Ordinal)));
        Assert.Contains("Answer: ", (await folder.RunAsync("--target=Show", "Tiny/Second", "--profile=looped")).Output, StringComparison.Ordinal);
    }

    private Task<HostFolder> LoopedAsync() => Looped.LayAsync(host.Copy());
}
