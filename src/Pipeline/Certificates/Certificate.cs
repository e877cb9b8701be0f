using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Certificates;

/// <summary>
/// What a folder holds from which a result can be computed again without the store: runs of stages with their inputs and outputs as files, by
/// which whoever has the folder executes them again and compares. One file, <see cref="FileName"/>, beside <c>targets/</c>.
/// </summary>
/// <param name="Subject">The address that the folder is about.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Runs">The runs, each after those that it reads from.</param>
public sealed record Certificate(string Subject, string Profile, IReadOnlyList<CertifiedRun> Runs)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "certificate.json";

    private const int Format = 1;

    /// <summary>Where an output of a target lies in the folder, with forward slashes.</summary>
    public static string PathOf(string address, string output) => $"targets/{address}/{output}";

    /// <summary>The file's text.</summary>
    public string Write() => CanonicalJson.WriteIndented(new JsonObject
    {
        ["format"] = Format,
        ["subject"] = Subject,
        ["profile"] = Profile,
        ["runs"] = new JsonArray([.. Runs.Select(run => (JsonNode)run.ToJson())]),
    });

    /// <summary>Reads a folder's certificate.</summary>
    /// <exception cref="UserErrorException">There is none, or it is no certificate of this format.</exception>
    public static Certificate Read(string folder)
    {
        string path = RegularFile.Require(Path.Combine(folder, FileName));
        try
        {
            JsonObject file = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
            return (int?)file["format"] == Format
                ? new Certificate((string)file["subject"]!, (string)file["profile"]!, [.. file["runs"]!.AsArray().Select(run => CertifiedRun.Of(run!.AsObject()))])
                : throw new UserErrorException($"The certificate has the format '{Quoted.Of(file["format"]?.ToJsonString() ?? "")}', this program reads {Format}.", path, "Use the version that wrote it.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or FormatException)
        {
            throw new UserErrorException("This is no certificate.", path, "Name a folder that --target=Export --format=ro-crate wrote, unchanged.");
        }
    }
}

/// <summary>A run of a certificate.</summary>
/// <param name="Address">The target.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Inputs">Role to a file of the folder, or to a folder of it.</param>
/// <param name="Outputs">Output to digest and size; the file lies at <see cref="Certificate.PathOf"/>.</param>
/// <param name="IsRepeated">True where its inputs lie in the folder, so that it can be executed again.</param>
public sealed record CertifiedRun(
    string Address, string Stage, JsonObject Parameters, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, OutputFile> Outputs, bool IsRepeated)
{
    internal JsonObject ToJson() => new()
    {
        ["address"] = Address,
        ["stage"] = Stage,
        ["parameters"] = Parameters.DeepClone(),
        ["inputs"] = new JsonObject(Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => KeyValuePair.Create(input.Key, (JsonNode?)input.Value))),
        ["outputs"] = new JsonObject(Outputs.OrderBy(output => output.Key, StringComparer.Ordinal)
            .Select(output => KeyValuePair.Create(output.Key, (JsonNode?)new JsonObject { ["sha256"] = output.Value.Digest.Hex, ["size"] = output.Value.Size }))),
        ["repeated"] = IsRepeated,
    };

    internal static CertifiedRun Of(JsonObject run)
    {
        string address = (string)run["address"]!;
        Dictionary<string, string> inputs = run["inputs"]!.AsObject().ToDictionary(input => input.Key, input => Inside((string)input.Value!), StringComparer.Ordinal);
        Dictionary<string, OutputFile> outputs = run["outputs"]!.AsObject().ToDictionary(
            output => output.Key, output => new OutputFile(ContentHash.Parse((string)output.Value!["sha256"]!), (long)output.Value["size"]!), StringComparer.Ordinal);
        foreach (string name in outputs.Keys)
        {
            Inside(Certificate.PathOf(address, name));
        }

        return new CertifiedRun(address, (string)run["stage"]!, run["parameters"]!.AsObject(), inputs, outputs, (bool)run["repeated"]!);
    }

    // A certificate comes from somebody else: it names no file outside of its folder.
    private static string Inside(string path) => Path.IsPathRooted(path) || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Any(part => part is "" or "." or "..")
        ? throw new FormatException(path)
        : path;
}
