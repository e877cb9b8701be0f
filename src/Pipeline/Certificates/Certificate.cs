using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Certificates;

/// <summary>
/// What a folder holds from which a result can be computed again without the store: runs of stages with their inputs and outputs as files, by
/// which whoever has the folder executes them again and compares. One file, <see cref="FileName"/>, beside <c>targets/</c>. Which runs those are
/// is not what the file says but what the stages are: a certificate comes from somebody else.
/// </summary>
public sealed class Certificate
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "certificate.json";

    private const int Format = 1;
    private const string Targets = "targets/";
    private readonly Dictionary<string, CertifiedRun> _producers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, OutputFile> _held = new(StringComparer.Ordinal);

    // Runs have addresses of their own, and the subject is one that is repeated.
    private Certificate(string subject, string profile, IReadOnlyList<CertifiedRun> runs, Func<string, bool> isRepeated)
    {
        (Subject, Profile, Runs) = (subject, profile, runs);
        Dictionary<string, CertifiedRun> byAddress = runs.ToDictionary(run => run.Address, StringComparer.Ordinal);
        foreach (CertifiedRun run in runs)
        {
            _producers.Add(Targets + run.Address, run);
            foreach (string output in run.Outputs.Keys)
            {
                _producers.Add(PathOf(run.Address, output), run);
            }
        }

        HashSet<string> repeated = new(StringComparer.Ordinal);
        Stack<CertifiedRun> open = new([byAddress.GetValueOrDefault(subject) ?? throw new FormatException(subject)]);
        while (open.TryPop(out CertifiedRun? run))
        {
            if (isRepeated(run.Stage) && repeated.Add(run.Address))
            {
                foreach (string input in run.Inputs.Values)
                {
                    open.Push(Producer(input));
                }
            }
        }

        Repeated = repeated.Contains(subject) ? [.. runs.Where(run => repeated.Contains(run.Address))] : throw new FormatException(subject);
        foreach (string path in Repeated.SelectMany(run =>
            run.Outputs.Keys.Select(output => PathOf(run.Address, output)).Concat(run.Inputs.Values.SelectMany(FilesOf))))
        {
            _held[path] = OutputAt(path);
        }
    }

    /// <summary>The address that the folder is about.</summary>
    public string Subject { get; }

    /// <summary>The profile that the runs belong to.</summary>
    public string Profile { get; }

    /// <summary>All runs, each after those that it reads from.</summary>
    public IReadOnlyList<CertifiedRun> Runs { get; }

    /// <summary>
    /// The runs that whoever has the folder executes again: the subject's and, from there down, those of stages that can be; all others are told of by digests
    /// alone.
    /// </summary>
    public IReadOnlyList<CertifiedRun> Repeated { get; }

    /// <summary>The files that the folder holds, by path: what repeated runs read and write.</summary>
    public IReadOnlyDictionary<string, OutputFile> Held => _held;

    /// <summary>The certificate of a target.</summary>
    /// <param name="graph">The plan.</param>
    /// <param name="recordOf">Address to the record of its run.</param>
    /// <param name="subject">Its address.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="isRepeated">Whether a stage, by its name, is one that whoever has the folder executes again; that of the subject is.</param>
    public static Certificate Of(TargetGraph graph, Func<string, RunRecord> recordOf, string subject, string profile, Func<string, bool> isRepeated) => new(
        subject,
        profile,
        [.. graph.Closure([subject]).Select(address => new CertifiedRun(
            address,
            graph[address].StageName,
            graph[address].Parameters,
            graph[address].Inputs.ToDictionary(
                input => input.Key,
                input => input.Value.File is { } file ? PathOf(input.Value.TargetAddress, file) : Targets + input.Value.TargetAddress,
                StringComparer.Ordinal),
            recordOf(address).Outputs))],
        isRepeated);

    /// <summary>Where an output of a target lies in the folder, with forward slashes.</summary>
    public static string PathOf(string address, string output) => $"{Targets}{address}/{output}";

    /// <summary>The paths of the files that an input stands for: itself, or all outputs of a target.</summary>
    public IEnumerable<string> FilesOf(string input)
    {
        CertifiedRun producer = Producer(input);
        return input == Targets + producer.Address ? producer.Outputs.Keys.Select(output => PathOf(producer.Address, output)) : [input];
    }

    /// <summary>The text of certificate.json.</summary>
    public string Write() => CanonicalJson.WriteIndented(new JsonObject
    {
        ["format"] = Format,
        ["subject"] = Subject,
        ["profile"] = Profile,
        ["runs"] = new JsonArray([.. Runs.Select(run => (JsonNode)run.ToJson())]),
    });

    /// <summary>Reads a folder's certificate.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isRepeated">Whether a stage, by its name, is one that is executed again.</param>
    /// <exception cref="UserErrorException">There is none, or it is no certificate of this format.</exception>
    public static Certificate Read(string folder, Func<string, bool> isRepeated)
    {
        string path = RegularFile.Require(Path.Combine(folder, FileName));
        try
        {
            JsonObject file = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
            return (int?)file["format"] == Format
                ? new Certificate(
                    (string)file["subject"]!, (string)file["profile"]!,
                    [.. file["runs"]!.AsArray().Select(run => CertifiedRun.Of(run!.AsObject()))], isRepeated)
                : throw new UserErrorException(
                    $"The certificate has the format '{Quoted.Of(file["format"]?.ToJsonString() ?? "")}', this program reads {Format}.", path,
                    "Use the version that wrote it.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            throw new UserErrorException("This is not a certificate.", path, "Name a folder that --target=Export --format=ro-crate wrote, unchanged.");
        }
    }

    private CertifiedRun Producer(string input) => _producers.GetValueOrDefault(input) ?? throw new FormatException(input);

    private OutputFile OutputAt(string path)
    {
        CertifiedRun run = Producer(path);
        return run.Outputs[path[PathOf(run.Address, "").Length..]];
    }
}

/// <summary>A run of a certificate.</summary>
/// <param name="Address">The target.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Inputs">Role to a file of the folder, or to a folder of it.</param>
/// <param name="Outputs">Output to digest and size; the file lies at <see cref="Certificate.PathOf"/>.</param>
public sealed record CertifiedRun(
    string Address, string Stage, JsonObject Parameters, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, OutputFile> Outputs)
{
    internal JsonObject ToJson() => new()
    {
        ["address"] = Address,
        ["stage"] = Stage,
        ["parameters"] = Parameters.DeepClone(),
        ["inputs"] = new JsonObject(
            Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => KeyValuePair.Create(input.Key, (JsonNode?)input.Value))),
        ["outputs"] = new JsonObject(Outputs.OrderBy(output => output.Key, StringComparer.Ordinal)
            .Select(output =>
                KeyValuePair.Create(output.Key, (JsonNode?)new JsonObject { ["sha256"] = output.Value.Digest.Hex, ["size"] = output.Value.Size }))),
    };

    internal static CertifiedRun Of(JsonObject run)
    {
        string address = (string)run["address"]!;
        Dictionary<string, string> inputs = run["inputs"]!.AsObject()
            .ToDictionary(input => input.Key, input => Inside((string)input.Value!), StringComparer.Ordinal);
        Dictionary<string, OutputFile> outputs = run["outputs"]!.AsObject().ToDictionary(
            output => output.Key, output => new OutputFile(ContentHash.Parse((string)output.Value!["sha256"]!), (long)output.Value["size"]!),
            StringComparer.Ordinal);
        foreach (string name in outputs.Keys)
        {
            Inside(Certificate.PathOf(address, name));
        }

        return new CertifiedRun(address, (string)run["stage"]!, run["parameters"]!.AsObject(), inputs, outputs);
    }

    // It names no file outside of its folder.
    private static string Inside(string path) =>
        Path.IsPathRooted(path) || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Any(part => part is "" or "." or "..")
        ? throw new FormatException(path)
        : path;
}
