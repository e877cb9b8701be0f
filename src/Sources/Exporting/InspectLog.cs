using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ICSharpCode.SharpZipLib.Zip;
using NaturalThoughts.Records;

namespace NaturalThoughts.Sources.Exporting;

/// <summary>
/// Writes a run as an <c>.eval</c> log, schema version 2, of Inspect: a zip with header.json, summaries.json, reductions.json, a sample a file,
/// and the journal that a run leaves. Fields are those of its EvalLog, EvalSample and EvalSampleSummary. The same run gives the same bytes.
/// </summary>
public static class InspectLog
{
    private const int Version = 2;
    private const int Level = 6;
    private const int IdDigits = 22;

    // What a summary keeps of a text.
    private const int LongestThin = 1024;

    /// <summary>The name of the file: Inspect lists logs whose name begins with a time.</summary>
    public static string FileName(ExportedRun run) => $"{Time(run).Replace(':', '-')}_{Clean(run.Benchmark)}_{TaskId(run)}.eval";

    /// <summary>Writes the log of a run to a path.</summary>
    public static void Write(string path, ExportedRun run)
    {
        using FileStream stream = File.Create(path);

        // .NET's deflate is native and may choose other bytes on another processor; SharpZipLib's is managed code.
        using ZipOutputStream zip = new(stream) { UseZip64 = UseZip64.Dynamic };
        zip.SetLevel(Level);
        JsonObject spec = Spec(run), plan = Plan();
        JsonArray summaries = ExportJson.List(run.Answers.Select(answer => Summary(run, answer)));
        Add(zip, run, "_journal/start.json", new JsonObject { ["version"] = Version, ["eval"] = spec.DeepClone(), ["plan"] = plan.DeepClone() });
        foreach (ExportedAnswer answer in run.Answers)
        {
            Add(zip, run, string.Create(CultureInfo.InvariantCulture, $"samples/{answer.Question.Id}_epoch_{answer.Repeat}.json"), Sample(run, answer));
        }

        Add(zip, run, "_journal/summaries/1.json", summaries);
        Add(zip, run, "summaries.json", summaries);
        Add(zip, run, "reductions.json", ExportJson.List([Reduction(run)]));
        Add(zip, run, "header.json", new JsonObject
        {
            ["version"] = Version,
            ["status"] = "success",
            ["eval"] = spec,
            ["plan"] = plan,
            ["results"] = Results(run),
            ["stats"] = new JsonObject
            {
                ["started_at"] = Time(run),
                ["completed_at"] = Time(run),
                ["model_usage"] = new JsonObject { [run.Model] = Usage(run.Answers.Sum(answer => (long)answer.Grade.Tokens)) },
                ["role_usage"] = new JsonObject(),
            },
        });
    }

    private static void Add(ZipOutputStream zip, ExportedRun run, string name, JsonNode node)
    {
        zip.PutNextEntry(new ZipEntry(name) { DateTime = run.Created.UtcDateTime, IsUnicodeText = true });
        zip.Write(Encoding.UTF8.GetBytes(ExportJson.Line(node)));
        zip.CloseEntry();
    }

    private static JsonObject Spec(ExportedRun run)
    {
        string[] ids = [.. run.Answers.Where(answer => answer.Repeat == 1).Select(answer => answer.Question.Id)];
        return new JsonObject
        {
            ["eval_id"] = Id(run, "eval"),
            ["run_id"] = Id(run, "run"),
            ["created"] = Time(run),
            ["task"] = run.Benchmark,
            ["task_id"] = TaskId(run),
            ["task_version"] = 0,
            ["task_attribs"] = new JsonObject(),
            ["task_args"] = new JsonObject(),
            ["task_args_passed"] = new JsonObject(),
            ["dataset"] = new JsonObject
            {
                ["name"] = run.Benchmark,
                ["samples"] = ids.Length,
                ["sample_ids"] = ExportJson.List(ids.Select(id => (JsonNode)id)),
                ["shuffled"] = false,
            },
            ["model"] = run.Model,
            ["model_generate_config"] = new JsonObject(),
            ["model_args"] = new JsonObject(),
            ["config"] = new JsonObject { ["epochs"] = run.Repeats, ["epochs_reducer"] = new JsonArray("mean") },
            ["packages"] = new JsonObject(),
            ["metadata"] = new JsonObject(run.Metadata.Select(item => KeyValuePair.Create(item.Name, (JsonNode?)item.Value))),
            ["scorers"] = new JsonArray(new JsonObject
            {
                ["name"] = run.Protocol,
                ["metrics"] = new JsonArray(new JsonObject { ["name"] = "inspect_ai/accuracy" }, new JsonObject { ["name"] = "inspect_ai/stderr" }),
            }),
        };
    }

    private static JsonObject Plan() => new()
    {
        ["name"] = "plan",
        ["steps"] = new JsonArray(new JsonObject { ["solver"] = "generate", ["params"] = new JsonObject(), ["params_passed"] = new JsonObject() }),
        ["config"] = new JsonObject(),
    };

    private static JsonObject Results(ExportedRun run) => new()
    {
        ["total_samples"] = run.Answers.Count,
        ["completed_samples"] = run.Answers.Count,
        ["scores"] = new JsonArray(new JsonObject
        {
            ["name"] = run.Protocol,
            ["scorer"] = run.Protocol,
            ["reducer"] = "mean",
            ["scored_samples"] = run.Answers.Count(answer => answer.Repeat == 1),
            ["unscored_samples"] = 0,
            ["params"] = new JsonObject(),
            ["metrics"] = new JsonObject { ["accuracy"] = Metric("accuracy", run.Accuracy), ["stderr"] = Metric("stderr", run.StandardError) },
        }),
    };

    private static JsonObject Metric(string name, double value) => new() { ["name"] = name, ["value"] = value, ["params"] = new JsonObject() };

    private static JsonObject Reduction(ExportedRun run) => new()
    {
        ["scorer"] = run.Protocol,
        ["reducer"] = "mean",
        ["samples"] = ExportJson.List(run.Answers.GroupBy(answer => answer.Question.Id, StringComparer.Ordinal).Select(question => new JsonObject
        {
            ["value"] = question.Average(answer => answer.Grade.Score),
            ["answer"] = question.First().Grade.Extracted,
            ["history"] = new JsonArray(),
            ["sample_id"] = question.Key,
        })),
    };

    private static JsonObject Sample(ExportedRun run, ExportedAnswer answer)
    {
        (Question question, Grade grade) = (answer.Question, answer.Grade);
        JsonObject message = new()
        {
            ["id"] = Id(run, question.Id, answer.Repeat, "assistant"),
            ["content"] = grade.Output,
            ["source"] = "generate",
            ["role"] = "assistant",
            ["model"] = run.Model,
        };
        JsonObject sample = Head(answer);
        sample["messages"] = new JsonArray(
            new JsonObject { ["id"] = Id(run, question.Id, answer.Repeat, "user"), ["content"] = grade.Prompt, ["source"] = "input", ["role"] = "user" },
            message.DeepClone());
        sample["output"] = new JsonObject
        {
            ["model"] = run.Model,
            ["choices"] = new JsonArray(new JsonObject { ["message"] = message, ["stop_reason"] = grade.Truncated ? "max_tokens" : "stop" }),
            ["completion"] = grade.Output,
            ["usage"] = Usage(grade.Tokens),
        };
        sample["scores"] = Scores(run, grade);
        sample["metadata"] = Metadata(question);
        sample["store"] = new JsonObject();
        sample["events"] = new JsonArray();
        sample["model_usage"] = new JsonObject { [run.Model] = Usage(grade.Tokens) };
        sample["role_usage"] = new JsonObject();
        sample["uuid"] = Id(run, question.Id, answer.Repeat, "sample");
        sample["attachments"] = new JsonObject();
        return sample;
    }

    private static JsonObject Summary(ExportedRun run, ExportedAnswer answer)
    {
        JsonObject summary = Head(answer);
        summary["input"] = Thin(answer.Question.Text);
        summary["target"] = Thin(answer.Question.Reference);
        summary["metadata"] = new JsonObject(answer.Question.Meta.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)Thin(item.Value))));
        summary["scores"] = Scores(run, answer.Grade);
        summary["model_usage"] = new JsonObject { [run.Model] = Usage(answer.Grade.Tokens) };
        summary["role_usage"] = new JsonObject();
        summary["uuid"] = Id(run, answer.Question.Id, answer.Repeat, "sample");
        summary["completed"] = true;
        summary["message_count"] = 2;
        return summary;
    }

    private static JsonObject Head(ExportedAnswer answer)
    {
        JsonObject head = new() { ["id"] = answer.Question.Id, ["epoch"] = answer.Repeat, ["input"] = answer.Question.Text };
        if (answer.Question.Options.Count > 0)
        {
            head["choices"] = ExportJson.List(answer.Question.Options.Select(option => (JsonNode)option));
        }

        head["target"] = answer.Question.Reference;
        return head;
    }

    private static JsonObject Metadata(Question question) => new(question.Meta.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value)));

    private static JsonObject Scores(ExportedRun run, Grade grade) => new()
    {
        [run.Protocol] = new JsonObject
        {
            ["value"] = grade.Credit is { } credit ? credit : grade.Correct ? "C" : grade.Extracted is null ? "N" : "I",
            ["answer"] = grade.Extracted is { } extracted ? Thin(extracted) : null,
            ["explanation"] = grade.Undecided ? "The protocol leaves open whether this is the reference." : null,
            ["history"] = new JsonArray(),
        },
    };

    private static JsonObject Usage(long tokens) => new() { ["input_tokens"] = 0, ["output_tokens"] = tokens, ["total_tokens"] = tokens };

    private static string Thin(string text) => Runs.QuestionText.Cut(text, LongestThin);

    private static string Time(ExportedRun run) => run.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);

    private static string TaskId(ExportedRun run) => Id(run, "task");

    // Inspect's own ids are random; these are the same for the same run.
    private static string Id(ExportedRun run, params object[] parts) =>
        ExportJson.Digest(string.Join('\n', (object[])[run.Model, run.Benchmark, run.Protocol, Time(run), .. parts]))[..IdDigits];

    private static string Clean(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-'));
}
