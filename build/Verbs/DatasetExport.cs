using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Records;
using NaturalThoughts.Selection;
using NaturalThoughts.Sources.Exporting;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Writes the training set of a cell as a Hugging Face dataset folder.</summary>
internal sealed class DatasetExport
{
    private readonly Session _session;
    private readonly Target _compose;
    private readonly Target _select;
    private readonly Target _signals;

    /// <param name="session">The session.</param>
    /// <param name="compose">The address of the target that makes the training set.</param>
    public DatasetExport(Session session, string compose)
    {
        _session = session;
        _compose = session.Graph[compose];
        _select = session.Graph[_compose.Inputs[ComposeStage.SelectionRole].TargetAddress];
        _signals = session.Graph[_select.Inputs[Roles.Signals].TargetAddress];
    }

    /// <summary>The targets whose outputs are read.</summary>
    public IReadOnlyList<string> Targets => [_compose.Address, _select.Address, _signals.Address, Source(Roles.Questions).TargetAddress];

    /// <summary>Writes the files.</summary>
    /// <param name="report">A run of <see cref="Targets"/>.</param>
    /// <param name="folder">Where they go.</param>
    /// <exception cref="UserErrorException">A question is confidential.</exception>
    public async Task WriteAsync(RunReport report, NewFolder folder)
    {
        string training = Find(report, new TargetInput(_compose.Address, ComposeStage.Output));
        HashSet<string> ids = JsonLines.Stream<TrainingExample>(training).Select(example => example.QuestionId).ToHashSet(StringComparer.Ordinal);
        Refuse(Find(report, Source(Roles.Questions)), ids);
        Dictionary<string, QuestionSignals> signals = JsonLines.Stream<QuestionSignals>(Find(report, _select.Inputs[Roles.Signals]))
            .Where(row => ids.Contains(row.QuestionId))
            .ToDictionary(row => row.QuestionId, StringComparer.Ordinal);
        await DatasetFolder.WriteAsync(
            folder.PathOf, JsonLines.Stream<TrainingExample>(training).Select(example => Row(example, signals[example.QuestionId])), Facts(report, signals));
    }

    private static DatasetRow Row(TrainingExample example, QuestionSignals signals) => new()
    {
        Messages = [new() { Role = "user", Content = example.Prompt }, new() { Role = "assistant", Content = example.Response }],
        QuestionId = example.QuestionId,
        Mode = example.Mode,
        Domain = signals.Domain,
        Topics = [.. signals.Topics ?? []],
        Strategies = [.. signals.Strategies],
        Verbosity = signals.Verbosity,
        TraceTokens = signals.Tokens,
    };

    private static void Refuse(string questions, HashSet<string> ids)
    {
        if (JsonLines.Stream<Question>(questions)
            .FirstOrDefault(question => ids.Contains(question.Id) && Confidential.Is(question)) is { } question)
        {
            throw new UserErrorException(
                $"The question '{Quoted.Of(question.Id)}' is confidential: its text leaves the store in no other file.", "Export",
                "Leave 'confidential' out of the YAML of its source, where its owner allows that.");
        }
    }

    private DatasetFacts Facts(RunReport report, Dictionary<string, QuestionSignals> signals)
    {
        RunRecord compose = report[_compose.Address].Record!;
        List<(string, string)> counts =
        [
            ("rows", Number(compose.Result.Counts["rows"])),
            ("with trace and answer (System 2)", Number(compose.Result.Counts["system2"])),
            ("with the answer alone (System 1)", Number(compose.Result.Counts["system1"])),
            ("tokens of the traces, as the teacher counts", Number(signals.Values.Sum(row => (long)row.Tokens))),
            ("candidates that the rows were selected from", Number(report[_signals.Address].Record!.Result.Counts["rows"])),
        ];
        List<(string, string)> provenance =
        [
            ("cell", $"`{_compose.Address}` of the profile `{_session.Invocation.Profile}`"),
            ("selection", Code(CanonicalJson.Write(_select.Parameters))),
            ("mix and prompts", Code(CanonicalJson.Write(_compose.Parameters))),
        ];
        foreach (string address in _session.Graph.Closure([_compose.Address]))
        {
            Target target = _session.Graph[address];
            if (report[address].Record is { } record && !StageUsesTensors(target))
            {
                counts.AddRange(
                    record.Result.Counts.Where(count => count.Key is "dropped" && count.Value > 0)
                        .Select(count => ($"left out by `{address}`", Number(count.Value))));
                provenance.Add(
                    ($"`{address}`",
                        $"stage `{target.StageName}`{Origin(target.Parameters)}; "
                        + $"{string.Join(", ", record.Outputs.Select(output => $"{output.Key} sha256 `{output.Value.Digest}`"))}"));
            }
        }

        string name = _compose.Address.Replace('/', '-');
        return new DatasetFacts(
            $"naturalthoughts-{_session.Invocation.Profile}-{name[..name.LastIndexOf('-')]}", _session.Invocation.License, counts, provenance);

        static string Number(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture);
        static string Code(string text) => $"`{text}`";
    }

    // Which model, which files: what a reader must know of a source that is not the project's own.
    private static string Origin(JsonObject parameters)
    {
        JsonNode? endpoint = parameters["endpoint"];
        string model = endpoint is null ? "" : $", model `{endpoint["model"]}` at `{endpoint["url"]}`";
        return parameters["source"]?["files"] is JsonObject files
            ? model + ", from " + string.Join(", ", files.Select(file => $"{file.Key} sha256 `{file.Value}`"))
            : model;
    }

    private static bool StageUsesTensors(Target target) => Experiments.StageCatalog.Create(target.StageName).Description.UsesTensors;

    private TargetInput Source(string role) => _compose.Inputs[role];

    private string Find(RunReport report, TargetInput input) =>
        _session.Store.Find(report[input.TargetAddress].Record!.Outputs[input.File!])
        ?? throw new InvalidOperationException($"The output '{input.File}' of {input.TargetAddress} vanished from the store during the run.");
}
