using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Serving.Tests;

/// <summary>A folder in which stages run one after another.</summary>
internal sealed class Bench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("serving-").FullName;

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private int _runs;

    /// <summary>Runs a stage in a folder of its own, and gives that folder.</summary>
    public string Run(IStage stage, object options, params (string Role, string Path)[] inputs)
    {
        string output = NewFolder();
        stage.Run(new StageContext
        {
            Parameters = options as JsonObject ?? JsonSerializer.SerializeToNode(options, options.GetType(), Written)!.AsObject(),
            Inputs = inputs.ToDictionary(input => input.Role, input => input.Path),
            OutputFolder = output,
            Remote = new RemoteCalls(Path.Combine(output, "calls")),
        });
        return output;
    }

    /// <summary>An empty folder.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_folder, $"run{_runs++}")).FullName;

    /// <summary>Writes rows into a file.</summary>
    public string Write<T>(IEnumerable<T> rows)
    {
        string path = Path.Combine(_folder, $"rows{_runs++}.jsonl");
        JsonLines.Write(path, rows);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
