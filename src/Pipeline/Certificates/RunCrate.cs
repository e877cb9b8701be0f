using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Certificates;

/// <summary>
/// The metadata of a certificate's folder as a Workflow Run RO-Crate (profiles Process Run Crate and Workflow Run Crate 0.5, Workflow RO-Crate 1.0, on RO-Crate
/// 1.1): the declared table as the workflow, an action for the whole run, one for each target, one for each accepted change of the lock. Files that the folder
/// does not hold, such as weights, are named by their digest (RFC 6920).
/// </summary>
public sealed class RunCrate
{
    /// <summary>The name of the metadata's file.</summary>
    public const string FileName = "ro-crate-metadata.json";

    private const string Profiles = "https://w3id.org/ro/wfrun/";
    private const string Language = "#cake-tasks";
    private readonly Dictionary<string, JsonObject> _files = new(StringComparer.Ordinal);
    private readonly JsonArray _graph = [];

    /// <summary>The name of the crate.</summary>
    public required string Name { get; init; }

    /// <summary>What the table asks, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The path of the declaration in the folder.</summary>
    public required string Workflow { get; init; }

    /// <summary>SPDX identifier of the licence; null when it is not stated.</summary>
    public string? License { get; init; }

    /// <summary>The published files, by path in the folder; the results of the whole run.</summary>
    public required IReadOnlyList<(string Path, OutputFile File)> Results { get; init; }

    /// <summary>Changes of the lock that people accepted: day and reason.</summary>
    public IReadOnlyList<(string Date, string Reason)> Accepted { get; init; } = [];

    /// <summary>The path of the lock in the folder, which the accepted changes are of.</summary>
    public required string Lock { get; init; }

    /// <summary>The text of the metadata's file; the same for the same runs.</summary>
    /// <param name="certificate">The runs.</param>
    /// <param name="recordOf">Address to the record of its run.</param>
    public string Write(Certificate certificate, Func<string, RunRecord> recordOf)
    {
        RunRecord[] records = [.. certificate.Runs.Select(run => recordOf(run.Address))];
        DateTimeOffset end = records.Max(record => record.Started + record.Duration);
        Dictionary<string, string> ids = certificate.Runs
            .SelectMany(run => run.Outputs.Select(output => (Path: Certificate.PathOf(run.Address, output.Key), output.Value)))
            .ToDictionary(file => file.Path, file => certificate.Held.ContainsKey(file.Path) ? Escaped(file.Path) : NameOf(file.Value), StringComparer.Ordinal);
        foreach (CertifiedRun run in certificate.Runs)
        {
            foreach ((string output, OutputFile file) in run.Outputs)
            {
                string path = Certificate.PathOf(run.Address, output);
                AddFile(ids[path], path, file);
            }
        }

        foreach ((string path, OutputFile file) in Results)
        {
            AddFile(Escaped(path), path, file);
        }

        List<string> actions = ["#run"];
        JsonObject whole = Action("#run", certificate.Subject, Escaped(Workflow), records.Min(record => record.Started), end);
        whole["object"] = Links(
            certificate.Runs.Where(run => run.Inputs.Count == 0)
                .SelectMany(run => run.Outputs.Keys.Select(output => ids[Certificate.PathOf(run.Address, output)])));
        whole["result"] = Links(Results.Select(result => Escaped(result.Path)));
        List<JsonObject> steps = [];
        foreach ((CertifiedRun run, RunRecord record) in certificate.Runs.Zip(records))
        {
            string id = "#" + Escaped(run.Address);
            actions.Add(id);
            JsonObject step = Action(id, run.Address, "#stage-" + run.Stage, record.Started, record.Started + record.Duration);
            step["identifier"] = record.Key.Hex;
            step["object"] = Links(run.Inputs.Values.SelectMany(certificate.FilesOf).Select(path => ids[path]));
            step["result"] = Links(run.Outputs.Keys.Select(output => ids[Certificate.PathOf(run.Address, output)]));
            steps.Add(step);
        }

        List<JsonObject> accepted = [.. Accepted.Select((change, i) =>
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"#accepted-{i + 1}");
            actions.Add(id);
            return new JsonObject
            {
                ["@id"] = id, ["@type"] = "UpdateAction", ["name"] = "A change of the lock was accepted", ["description"] = change.Reason,
                ["endTime"] = change.Date, ["object"] = Link(Escaped(Lock)),
            };
        })];
        string[] web = [Profiles + "process/0.5", Profiles + "workflow/0.5", "https://w3id.org/workflowhub/workflow-ro-crate/1.0"];
        Add(new()
        {
            ["@id"] = FileName,
            ["@type"] = "CreativeWork",
            ["about"] = Link("./"),
            ["conformsTo"] = Links(["https://w3id.org/ro/crate/1.1", web[2]]),
        });
        JsonObject root = new()
        {
            ["@id"] = "./",
            ["@type"] = "Dataset",
            ["name"] = Name,
            ["description"] = Description,
            ["datePublished"] = end.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["conformsTo"] = Links(web),
            ["mainEntity"] = Link(Escaped(Workflow)),
            ["hasPart"] = Links([Escaped(Workflow), Certificate.FileName, .. _files.Keys]),
            ["mentions"] = Links(actions),
        };
        if (License is not null)
        {
            root["license"] = Link("https://spdx.org/licenses/" + License);
            Add(new() { ["@id"] = "https://spdx.org/licenses/" + License, ["@type"] = "CreativeWork", ["name"] = License });
        }

        Add(root);
        foreach ((string id, string name, string version) in
            new[] { (web[0], "Process Run Crate", "0.5"), (web[1], "Workflow Run Crate", "0.5"), (web[2], "Workflow RO-Crate", "1.0") })
        {
            Add(new() { ["@id"] = id, ["@type"] = "CreativeWork", ["name"] = name, ["version"] = version });
        }

        Add(new()
        {
            ["@id"] = Escaped(Workflow),
            ["@type"] = new JsonArray("File", "SoftwareSourceCode", "ComputationalWorkflow"),
            ["name"] = certificate.Subject,
            ["programmingLanguage"] = Link(Language),
        });
        Add(
            new()
            {
                ["@id"] = Language,
                ["@type"] = "ComputerLanguage",
                ["name"] = "NaturalThoughts tables",
                ["description"] = "YAML by experiments/schema/table.schema.json",
            });
        Add(
            new()
            {
                ["@id"] = Certificate.FileName,
                ["@type"] = "File",
                ["name"] = "What --target=Verify --offline executes again",
                ["encodingFormat"] = "application/json",
            });
        foreach (string stage in certificate.Runs.Select(run => run.Stage).Distinct().Order(StringComparer.Ordinal))
        {
            Add(new() { ["@id"] = "#stage-" + stage, ["@type"] = "SoftwareApplication", ["name"] = stage });
        }

        Add(whole);
        steps.ForEach(Add);
        accepted.ForEach(Add);
        foreach (JsonObject file in _files.Values)
        {
            Add(file);
        }

        return CanonicalJson.WriteIndented(new JsonObject
        {
            ["@context"] = new JsonArray("https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"),
            ["@graph"] = _graph,
        });
    }

    private void Add(JsonObject entity) => _graph.Add((JsonNode)entity);

    private void AddFile(string id, string path, OutputFile file) => _files.TryAdd(id, new JsonObject
    {
        ["@id"] = id,
        ["@type"] = "File",
        ["name"] = path,
        ["contentSize"] = file.Size.ToString(CultureInfo.InvariantCulture),
        ["sha256"] = file.Digest.Hex,
    });

    private static JsonObject Action(string id, string name, string instrument, DateTimeOffset start, DateTimeOffset end) => new()
    {
        ["@id"] = id,
        ["@type"] = "CreateAction",
        ["name"] = name,
        ["instrument"] = Link(instrument),
        ["startTime"] = start.ToString("O", CultureInfo.InvariantCulture),
        ["endTime"] = end.ToString("O", CultureInfo.InvariantCulture),
        ["actionStatus"] = "http://schema.org/CompletedActionStatus",
    };

    private static JsonObject Link(string id) => new() { ["@id"] = id };

    private static JsonArray Links(IEnumerable<string> ids) => new([.. ids.Distinct(StringComparer.Ordinal).Select(id => (JsonNode)Link(id))]);

    private static string NameOf(OutputFile file) =>
        "ni:///sha-256;" + Convert.ToBase64String(Convert.FromHexString(file.Digest.Hex)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
