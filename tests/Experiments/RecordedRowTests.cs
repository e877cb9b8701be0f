using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Rows of tables whose answers somebody else's model gave.</summary>
public sealed class RecordedRowTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_ImportInPlaceOfGenerating_When_ARowIsRecorded()
    {
        string hard = Write("hard.jsonl", "{}\n"), free = Write("free.json", "[]\n");
        _bench.Change(
            "tables/Ablation.yaml",
            "  - base: true\n",
            $"  - base: true\n  - {{recorded: {{Hard: {{file: {hard}, map: {{id: qid, output: [a, b]}}}}, Free: {{file: {free}, format: mmlu-pro}}}}, label: "
            + "Theirs, replicates: [1, 3], baseline: base}\n");

        ExperimentPlan plan = _bench.Plan();

        string[] cell = [.. plan.Graph.Order.Where(address => address.StartsWith("Ablation/Theirs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "seed1/grade/Free", "seed1/grade/Hard", "seed1/import/Free", "seed1/import/Hard", "seed3/grade/Free", "seed3/grade/Hard", "seed3/import/Free",
                "seed3/import/Hard",
            ],
            cell.Select(address => address["Ablation/Theirs/".Length..]));
        Target import = plan.Graph["Ablation/Theirs/seed3/import/Hard"], grade = plan.Graph["Ablation/Theirs/seed3/grade/Hard"];
        Assert.Equal("import-answers", import.StageName);
        Assert.Equal(3, (int)import.Parameters["repeat"]!);
        Assert.Equal("""{"id":["qid"],"output":["a","b"]}""", CanonicalJson.Write(import.Parameters["map"]));
        Assert.Equal(new TargetInput("world/benchmark/Hard", "questions.jsonl"), import.Inputs["questions"]);
        Assert.Equal(new TargetInput(import.Address, "answers.jsonl"), grade.Inputs["answers"]);
        Assert.Equal(new TargetInput(import.Address, "questions.jsonl"), grade.Inputs["questions"]);
        Assert.Equal("mmlu-pro", (string)plan.Graph["Ablation/Theirs/seed1/import/Free"].Parameters["format"]!);
        Assert.Equal("""{"address":"Theirs","baseline":"base","seeds":[1,3]}""", CanonicalJson.Write(plan.Graph["Ablation/table"].Parameters["cells"]![1]));
        Assert.Equal("answers that somebody's model gave", plan.Describe("Ablation/Theirs"));
    }

    [Fact]
    public void Should_NeedNoName_When_TheTableHasOneBenchmark()
    {
        string file = Write("hard.jsonl", "{}\n");
        _bench.Change(
            "tables/Ablation.yaml", "rows:\n", $"benchmarks: [Hard]\nrows:\n  - {{recorded: {{file: {file}, map: {{text: q, output: a}}}}, label: Theirs}}\n");

        Assert.Equal(new TargetInput("world/benchmark/Hard", "questions.jsonl"), _bench.Plan().Graph["Ablation/Theirs/seed1/import/Hard"].Inputs["questions"]);
    }

    [Theory]
    [InlineData("{recorded: {0}, label: Theirs}", "'recorded' must be a map of keys")]
    [InlineData("{recorded: {Hard: {0}}, label: Theirs}", "The row has no answers to 'Free'.")]
    [InlineData("{recorded: {Hrad: {0}, Hard: {0}, Free: {0}}, label: Theirs}", "There is no benchmark of the table 'Hrad'.")]
    [InlineData("{recorded: {Hard: {file: {0}, format: mmlu-pro}, Free: {file: {0}, format: mmlu-pro}}}", "The key 'label' is missing in a row.")]
    [InlineData(
        "{recorded: {Hard: {file: {0}, format: mmlu-pro}, Free: {file: {0}, format: mmlu-pro}}, label: Theirs, mix: System1}",
        "A row of recorded answers has no 'mix'")]
    [InlineData("{methods: [Random], replicates: [1]}", "'replicates' of a row are the repeats of recorded answers, or samples of a model behind an endpoint.")]
    public void Should_SayWhatIsWrong_When_ARecordedRowIsDescribed(string row, string message)
    {
        string file = Write("a.jsonl", "{}\n");
        _bench.Change("tables/Ablation.yaml", "rows:\n", $"rows:\n  - {row.Replace("{0}", file, StringComparison.Ordinal)}\n");

        Assert.Contains(
            _bench.Fails().Errors,
            error => error.Location!.StartsWith("experiments/tables/Ablation.yaml:7:", StringComparison.Ordinal)
                && error.Message.Contains(message, StringComparison.Ordinal));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_bench.Root, name);
        File.WriteAllText(path, text);
        return path;
    }
}
