using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Reporting.DifficultyProxies;
using NaturalThoughts.Reporting.Protocols;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Tables of other kinds: what they read, and what is wrong with them.</summary>
public sealed class TableKindTests
{
    private const string Rows = """
        rows:
          - {label: Ada, recorded: {file: data/ada.jsonl, sha256: DIGEST, map: {id: id, output: text}}}
          - {label: Bob, recorded: {file: data/bob.jsonl, sha256: DIGEST, map: {id: id, output: text}}}
          - {label: Cyd, recorded: {file: data/cyd.jsonl, sha256: DIGEST, map: {id: id, output: text}}}

        """;

    [Fact]
    public void Should_PlanWithoutReadingAFile_When_DigestsAreDeclared()
    {
        // The files of the committed tables need not be there.
        ExperimentSet set = ExperimentLoader.Load(new ExperimentFiles(Workbench.Repository), "recorded");
        TargetGraph graph = Planner.Plan(set, "portable/probe", path => throw new InvalidOperationException(path)).Graph;

        Assert.Equal(["Protocols", "Proxies"], set.Tables.Select(table => table.Name));
        Target proxies = graph["Proxies/table"], protocols = graph["Protocols/table"];
        Assert.Equal((ProxiesStage.Name, ProtocolsStage.Name), (proxies.StageName, protocols.StageName));
        Assert.Equal("Proxies/common-questions/MMLU-Pro:questions-Gemini-seed1.jsonl", proxies.Inputs["questions/Gemini/MMLU-Pro/seed1"].ToString());
        Assert.Equal("Proxies/common-questions/MMLU-Pro:report.json", proxies.Inputs["common/MMLU-Pro"].ToString());
        Assert.Equal("Protocols/Qwen72B/seed1/spread/MMLU-Pro:report.json", protocols.Inputs["spread/Qwen72B/MMLU-Pro/seed1"].ToString());
        Assert.Equal(
            "Proxies/common-questions/MMLU-Pro:answers-Llama8B-seed1.jsonl", graph["Proxies/Llama8B/seed1/grade/MMLU-Pro"].Inputs["answers"].ToString());
        Assert.False(proxies.Parameters.ContainsKey("probe"));
        Assert.Equal(14, protocols.Parameters["protocols"]!.AsArray().Count);
        Assert.Empty(Context(proxies.Parameters).Options<ProxiesOptions>().Proxies.Validate([.. set.Tables[1].Cells.Select(cell => cell.Address)]));
        Assert.Equal(6, Context(protocols.Parameters).Options<ProtocolsOptions>().Cells.Count);
    }

    [Theory]
    [InlineData("kind: proxy", "proxies: {targets: [Cyd], signals: {Two: {disagreement: [Ada, Bob]}}}", "'kind' cannot be 'proxy'.")]
    [InlineData("kind: proxies", "", "The key 'proxies' is missing in the table.")]
    [InlineData("kind: proxies", "proxies: {targets: [Cyd], signals: {Two: {disagreement: [Ada, Cyd]}}}", "'Cyd' is a model of the signal 'Two' and a target.")]
    [InlineData("kind: proxies", "proxies: {targets: [Dan], signals: {Two: {disagreement: [Ada, Bob]}}}", "There is no row 'Dan'.")]
    [InlineData("kind: proxies", "proxies: {targets: [Cyd], signals: {Two: {length: Ada, entropy: [Ada, Bob]}}}", "The signal 'Two' has 2 kinds.")]
    [InlineData("kind: proxies", "proxies: {targets: [Cyd], signals: {Two: {length: [Ada, Bob]}}}", "The signal 'Two' names 2 models.")]
    [InlineData("kind: protocols", "protocols: [strict-answer-line/2]", "A spread needs two protocols or more.")]
    [InlineData("kind: protocols", "protocols: [strict-answer-line/2, none/1]", "There is no grading protocol 'none/1'.")]
    [InlineData("baseline: Ada", "protocols: letters", "A table of the kind 'table' has no 'protocols'.")]
    [InlineData("baseline: Ada", "columns: [protocols]", "The column 'protocols' has nothing to show: each benchmark is graded by one protocol.")]
    [InlineData("questions: all", "baseline: Ada", "'questions' cannot be 'all'.")]
    public void Should_SayWhatIsWrong_When_ATableOfAKindIsBroken(string first, string last, string message)
    {
        using Workbench bench = new();
        bench.Write(
            "tables/Ablation.yaml",
            $"name: Ablation\n{first}\ntitle: t\ndescription: d\nclass: exact\nbenchmarks: [Hard]\n"
            + $"{Rows.Replace("DIGEST", new string('a', 64), StringComparison.Ordinal)}{last}\n");

        UserErrorException error = bench.Fails();

        Assert.Contains(
            error.Errors,
            one => one.Message == message && one.Location!.StartsWith("experiments/tables/Ablation.yaml:", StringComparison.Ordinal) && one.Hint is not null);
    }

    [Fact]
    public void Should_LookInTheDataFolder_When_TheCheckoutHasNoSuchFile()
    {
        using Workbench bench = new();
        string data = Directory.CreateDirectory(Path.Combine(bench.Root, "elsewhere")).FullName;
        ExperimentFiles files = new(Path.Combine(bench.Root, "experiments"), bench.Root, data);

        Assert.Equal(Path.Combine(data, "x.jsonl"), files.Find("data/x.jsonl"));
        Assert.Equal(Path.Combine(bench.Root, "other/x.jsonl"), files.Find("other/x.jsonl"));
        Directory.CreateDirectory(Path.Combine(bench.Root, "data"));
        File.WriteAllText(Path.Combine(bench.Root, "data", "x.jsonl"), "");
        Assert.Equal(Path.Combine(bench.Root, "data/x.jsonl"), files.Find("data/x.jsonl"));
    }

    private static StageContext Context(JsonObject parameters) =>
        new() { Parameters = parameters, Inputs = new Dictionary<string, string>(), OutputFolder = "." };
}
