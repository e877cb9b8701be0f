using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Sources.Exporting;

/// <summary>
/// Writes runs of one student as lm-evaluation-harness does with <c>--log_samples</c>: samples_TASK_DATE.jsonl for each benchmark and one
/// results_DATE.json. The filter is the grading protocol; a row has one verdict, so that each repeat is a run of its own.
/// </summary>
public static partial class LmEvalSamples
{
    private const string Metric = "exact_match";

    /// <summary>Writes the files.</summary>
    /// <param name="pathOf">The path of a file that is to be in the folder; its own folder is there.</param>
    /// <param name="runs">A run for each benchmark, of one model and one repeat.</param>
    public static void Write(Func<string, string> pathOf, IReadOnlyList<ExportedRun> runs)
    {
        string date = runs.Max(run => run.Created).UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss.ffffff", CultureInfo.InvariantCulture);
        JsonObject hashes = [];
        foreach (ExportedRun run in runs)
        {
            StringBuilder all = new();
            using StreamWriter writer =
                new(pathOf($"samples_{Task(run)}_{date}.jsonl"), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
            for (int i = 0; i < run.Answers.Count; i++)
            {
                JsonObject row = Row(run, run.Answers[i], i);
                all.Append(row["doc_hash"]).Append(row["prompt_hash"]).Append(row["target_hash"]);
                writer.WriteLine(ExportJson.Line(row));
            }

            hashes[Task(run)] = ExportJson.Digest(all.ToString());
        }

        File.WriteAllText(pathOf($"results_{date}.json"), ExportJson.Lines(Results(runs, hashes)));
    }

    private static JsonObject Row(ExportedRun run, ExportedAnswer answer, int place)
    {
        (Question question, Grade grade) = (answer.Question, answer.Grade);
        JsonObject doc = new() { ["id"] = question.Id, ["question"] = question.Text };
        if (question.Options.Count > 0)
        {
            doc["options"] = ExportJson.List(question.Options.Select(option => (JsonNode)option));
        }

        doc["answer"] = question.Reference;
        foreach ((string name, string value) in question.Meta)
        {
            doc.TryAdd(name, value);
        }

        string hash = ExportJson.Digest(ExportJson.Lines(doc));
        return new JsonObject
        {
            ["doc_id"] = place,
            ["doc"] = doc,
            ["target"] = question.Reference,
            ["arguments"] = new JsonObject { ["gen_args_0"] = new JsonObject { ["arg_0"] = grade.Prompt, ["arg_1"] = new JsonObject() } },
            ["resps"] = new JsonArray(new JsonArray(grade.Output)),
            ["filtered_resps"] = new JsonArray(grade.Extracted ?? "[invalid]"),
            ["filter"] = run.Protocol,
            ["metrics"] = new JsonArray(Metric),
            ["doc_hash"] = hash,
            ["prompt_hash"] = ExportJson.Digest(grade.Prompt),
            ["target_hash"] = ExportJson.Digest(question.Reference),
            [Metric] = grade.Score,
        };
    }

    private static JsonObject Results(IReadOnlyList<ExportedRun> runs, JsonObject hashes) => new()
    {
        ["results"] = ByTask(runs, run => new JsonObject
        {
            ["alias"] = Task(run),
            [$"{Metric},{run.Protocol}"] = run.Accuracy,
            [$"{Metric}_stderr,{run.Protocol}"] = run.StandardError,
        }),
        ["group_subtasks"] = ByTask(runs, _ => new JsonArray()),
        ["configs"] = ByTask(runs, run => new JsonObject
        {
            ["task"] = Task(run),
            ["output_type"] = "generate_until",
            ["repeats"] = 1,
            ["metadata"] = new JsonObject(run.Metadata.Select(item => KeyValuePair.Create(item.Name, (JsonNode?)item.Value))),
        }),
        ["versions"] = ByTask(runs, _ => 0),
        ["n-shot"] = ByTask(runs, _ => 0),
        ["higher_is_better"] = ByTask(runs, _ => new JsonObject { [Metric] = true }),
        ["n-samples"] = ByTask(runs, run => new JsonObject { ["original"] = run.Answers.Count, ["effective"] = run.Answers.Count }),
        ["config"] = new JsonObject { ["model"] = runs[0].Model },
        ["date"] = runs.Max(run => run.Created).ToUnixTimeSeconds(),
        ["model_name"] = runs[0].Model,
        ["model_name_sanitized"] = Sanitized(runs[0].Model),
        ["task_hashes"] = hashes,
    };

    private static JsonObject ByTask(IEnumerable<ExportedRun> runs, Func<ExportedRun, JsonNode> value) =>
        new(runs.Select(run => KeyValuePair.Create(Task(run), (JsonNode?)value(run))));

    /// <summary>A model's name as a folder is called, by the rule of lm-evaluation-harness.</summary>
    public static string Sanitized(string name) => Forbidden().Replace(name, "__");

    // A benchmark's name may not reach into another folder.
    private static string Task(ExportedRun run) => Sanitized(run.Benchmark);

    [GeneratedRegex(@"[""<>:/|\\?*\[\]]+")]
    private static partial Regex Forbidden();
}
