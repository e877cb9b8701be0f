using System.IO.Compression;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Exporting;
using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Sources.Tests.Exporting;

/// <summary>Runs as Inspect and lm-evaluation-harness keep theirs, read back.</summary>
public sealed class RunFilesTests : IDisposable
{
    private static readonly Question Letters =
        new("q/1", "Which \"one\" is <b>right</b>? 𝑓", "B") { Options = ["x", "y"], Meta = new(StringComparer.Ordinal) { ["level"] = "3" } };
    private static readonly Question Free = new("q2", "What is it?", "42");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_GiveEveryVerdictBack_When_ALogIsRead()
    {
        ExportedRun run = Run();
        string path = Path.Combine(_folder.Path, InspectLog.FileName(run));
        InspectLog.Write(path, run);

        RunTask task = Assert.Single(RunReader.Read(path, "x", new RunOptions()).Tasks);

        Assert.Equal(("Mixed/1", 2), (task.Name, task.Repeats));
        Assert.Equal(["rules/1"], task.Metrics);
        Assert.Equal(["q2", "q/1"], task.Questions.Select(question => question.Id).OrderDescending(StringComparer.Ordinal));
        RunQuestion letters = task.Questions.Single(question => question.Id == "q/1");
        Assert.Equal([1, 0.25], letters.Answers.Select(answer => answer.Scores[0]));
        Assert.Equal([10d, 20d], letters.Answers.Select(answer => answer.Tokens!.Value));
        Assert.Equal(["B", null], letters.Answers.Select(answer => answer.Answer));
        Assert.Equal(QuestionText.Key(Letters.Text), letters.TextKey);
        Assert.Equal([0, 0], task.Questions.Single(question => question.Id == "q2").Answers.Select(answer => answer.Scores[0]));
    }

    [Fact]
    public void Should_HaveInspectsFields_When_ALogIsWritten()
    {
        ExportedRun run = Run();
        string path = Path.Combine(_folder.Path, InspectLog.FileName(run));
        InspectLog.Write(path, run);
        Assert.StartsWith("2026-11-29T08-30-05+00-00_Mixed-1_", Path.GetFileName(path), StringComparison.Ordinal);
        using ZipArchive zip = ZipFile.OpenRead(path);
        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(2026, 11, 29, 8, 30, 4), entry.LastWriteTime.DateTime));

        JsonObject sample = Json(zip, "samples/q/1_epoch_2.json").AsObject();
        Assert.Equal(
            [
                "id", "epoch", "input", "choices", "target", "messages", "output", "scores", "metadata", "store", "events", "model_usage", "role_usage", "uuid",
                "attachments",
            ],
            sample.Select(field => field.Key));
        Assert.Equal("max_tokens", (string)sample["output"]!["choices"]![0]!["stop_reason"]!);
        Assert.Equal(["user", "assistant"], sample["messages"]!.AsArray().Select(message => (string)message!["role"]!));

        // The fields of a log's header, each from the description of Inspect's EvalLog, EvalSpec, EvalPlan, EvalResults and EvalStats.
        JsonObject header = Json(zip, "header.json").AsObject();
        Assert.Equal(["version", "status", "eval", "plan", "results", "stats"], header.Select(field => field.Key));
        foreach (string needed in (string[])["created", "task", "dataset", "model", "config"])
        {
            Assert.NotNull(header["eval"]![needed]);
        }

        Assert.Equal(
            (2, 4, 0.3125),
            ((int)header["eval"]!["config"]!["epochs"]!, (int)header["results"]!["total_samples"]!,
                (double)header["results"]!["scores"]![0]!["metrics"]!["accuracy"]!["value"]!));
        Assert.Equal("sha", (string)header["eval"]!["metadata"]!["grades"]!);
        JsonNode reduction = Json(zip, "reductions.json")[0]!;
        Assert.Equal([0.625, 0], reduction["samples"]!.AsArray().Select(row => (double)row!["value"]!));
        Assert.Equal(Json(zip, "summaries.json").ToJsonString(), Json(zip, "_journal/summaries/1.json").ToJsonString());
        Assert.True((bool)Json(zip, "summaries.json")[0]!["completed"]!);
    }

    [Fact]
    public void Should_WriteTheSameBytes_When_WrittenAgain()
    {
        string[] paths = [Path.Combine(_folder.Path, "a.eval"), Path.Combine(_folder.Path, "b.eval")];
        Array.ForEach(paths, path => InspectLog.Write(path, Run()));
        Assert.Equal(ContentHash.OfFile(paths[0]), ContentHash.OfFile(paths[1]));
    }

    [Fact]
    public void Should_HaveLmEvalsFields_When_SamplesAreWritten()
    {
        ExportedRun run = Run();
        LmEvalSamples.Write(name => Path.Combine(_folder.Path, name), [run with { Answers = [.. run.Answers.Where(answer => answer.Repeat == 2)] }]);

        JsonObject[] rows =
        [
            .. File.ReadLines(Path.Combine(_folder.Path, "samples_Mixed__1_2026-11-29T08-30-05.000000.jsonl"))
                .Select(line => JsonNode.Parse(line)!.AsObject()),
        ];
        Assert.Equal(
            ["doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics", "doc_hash", "prompt_hash", "target_hash", "exact_match"],
            rows[0].Select(field => field.Key));
        Assert.Equal(["[invalid]", "41"], rows.Select(row => (string)row["filtered_resps"]![0]!));

        // hash_string is the SHA-256 of the UTF-8; the prompt as the harness keeps it.
        Assert.Equal(ContentHash.OfText("ask q/1").Hex, (string)rows[0]["prompt_hash"]!);
        Assert.Equal("ask q/1", (string)rows[0]["arguments"]!["gen_args_0"]!["arg_0"]!);

        JsonObject results = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "results_2026-11-29T08-30-05.000000.json")))!.AsObject();
        Assert.Equal(0.125, (double)results["results"]!["Mixed__1"]!["exact_match,rules/1"]!);
        Assert.Equal("Table__seed1", (string)results["model_name_sanitized"]!);

        RunTask task = Assert.Single(RunReader.Read(_folder.Path, "x", new RunOptions()).Tasks);
        Assert.Equal(["exact_match,rules/1"], task.Metrics);
        Assert.Equal([0.25, 0], task.Questions.Select(question => question.Answers[0].Scores[0]));
    }

    private static ExportedRun Run() => new(
        "Table/seed1",
        "Mixed/1",
        "rules/1",
        [
            Answer(Letters, 1, "B", right: true, 10),
            Answer(Free, 1, "41", right: false, 10),
            new ExportedAnswer(Letters, 2, new Grade("q/1", "ask q/1", "no idea", null, false, 20, true) { Credit = 0.25 }),
            Answer(Free, 2, "41", right: false, 10),
        ])
    {
        Created = new DateTimeOffset(2026, 11, 29, 9, 30, 5, TimeSpan.FromHours(1)),
        Metadata = [("grades", "sha")],
    };

    private static ExportedAnswer Answer(Question question, int repeat, string extracted, bool right, int tokens) =>
        new(question, repeat, new Grade(question.Id, "ask " + question.Id, $"<think> hm </think> Answer: {extracted}", extracted, right, tokens, false));

    private static JsonNode Json(ZipArchive zip, string name)
    {
        using Stream stream = zip.GetEntry(name)!.Open();
        return JsonNode.Parse(stream)!;
    }
}
