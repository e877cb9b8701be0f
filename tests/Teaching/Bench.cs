using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Teaching.Tests;

/// <summary>A folder with inputs, outputs and a call store for the stages of a test.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public string Folder { get; } = Directory.CreateTempSubdirectory("teaching-").FullName;

    public string Calls => Path.Combine(Folder, "calls");

    public Dictionary<string, string> Inputs { get; } = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>An endpoint with short waits.</summary>
    public static EndpointOptions Endpoint(string url, CallLimits? limits = null) => new()
    {
        Url = url,
        Model = "teacher",
        Sampling = new SamplingOptions { MaxTokens = 1000 },
        Limits = limits ?? Quick,
    };

    public static CallLimits Quick { get; } =
        new() { Backoff = 0.001, MaxBackoff = 0.05, FirstByteTimeout = 60, IdleTimeout = 60, AttemptTimeout = 300, Retries = 8 };

    public void Input<T>(string role, IEnumerable<T> rows)
    {
        Inputs[role] = Path.Combine(Folder, role + ".jsonl");
        JsonLines.Write(Inputs[role], rows);
    }

    public List<T> Output<T>(string file) => JsonLines.Read<T>(Path.Combine(Folder, "out", file));

    public byte[] OutputBytes(string file) => File.ReadAllBytes(Path.Combine(Folder, "out", file));

    public StageResult Run(
        IStage stage, object options, RemoteCalls? remote = null, CancellationToken cancellation = default, IProgress<StageProgress>? progress = null)
    {
        string output = Path.Combine(Folder, "out");
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        Directory.CreateDirectory(output);
        return stage.Run(new StageContext
        {
            Parameters = JsonSerializer.SerializeToNode(options, options.GetType(), Web)!.AsObject(),
            Inputs = Inputs,
            OutputFolder = output,
            Remote = remote ?? new RemoteCalls(Calls),
            Cancellation = cancellation,
            Progress = progress,
        });
    }

    /// <summary>Every byte of every file in the folder, kept calls unpacked.</summary>
    public string Everything() => string.Join('\n', Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(path =>
        path + "\n" + (path.EndsWith(".gz", StringComparison.Ordinal) ? CallEntryFile.Whole(path) : File.ReadAllText(path))));
}
