using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Tests;

/// <summary>Runs a stage in a folder of its own.</summary>
internal sealed class StageRun : IDisposable
{
    private readonly TempFolder _out = new();

    public StageResult Result { get; private set; } = new();

    public void Dispose() => _out.Dispose();

    public StageRun Run(IStage stage, JsonObject parameters, params (string Role, string Path)[] inputs) => Run(stage, parameters, 1, inputs);

    public StageRun Run(IStage stage, JsonObject parameters, int threads, params (string Role, string Path)[] inputs)
    {
        Result = stage.Run(new StageContext
        {
            Parameters = parameters,
            Inputs = inputs.ToDictionary(input => input.Role, input => input.Path),
            OutputFolder = _out.Path,
            Threads = threads,
        });
        return this;
    }

    public List<T> Records<T>(string name) => JsonLines.Read<T>(PathOf(name));

    public JsonObject Json(string name) => (JsonObject)JsonNode.Parse(File.ReadAllText(PathOf(name)))!;

    public string PathOf(string name) => Path.Combine(_out.Path, name);

    /// <summary>The parameter <c>source</c> for files.</summary>
    public static JsonObject Source(string format, params SourceFile[] files) => new()
    {
        ["files"] = new JsonObject(files.Select(file => KeyValuePair.Create(file.Name, (JsonNode?)file.Digest.Hex))),
        ["format"] = format,
    };

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true })!;
}
