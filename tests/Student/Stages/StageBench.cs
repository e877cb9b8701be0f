using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Student.Tests.Stages;

/// <summary>A student of one layer that was trained for a moment on the world's tokenizer, and stages run in folders of their own.</summary>
public sealed class StageBench : IDisposable
{
    private const string Shape = """
        "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 1,
        "max_position_embeddings": 64, "tie_word_embeddings": true, "initializer_range": 0.2
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("student-");
    private int _folders;

    public StageBench()
    {
        TrainingExample[] corpus = [.. Enumerable.Range(0, 12).Select(i => new TrainingExample($"c{i}", $"{i} + 1 ?", $"Answer: {i + 1}", "System1"))];
        (Base, Pretrained) = Run(
            new PretrainStage(),
            $$"""{"student": { {{Shape}} }, "training": {{Training}}, "seed": "1"}""",
            ("corpus", Write(corpus)),
            ("tokenizer", Path.Combine(TestModels.Fixtures, "world-tokenizer")));
    }

    /// <summary>Settings of a short training.</summary>
    public const string Training = """{"learningRate": 0.01, "epochs": 2, "batchTokens": 64, "maxTokens": 32}""";

    /// <summary>The base student's checkpoint.</summary>
    public string Base { get; }

    /// <summary>What pre-training told of itself.</summary>
    public StageResult Pretrained { get; }

    /// <summary>A file of records.</summary>
    public string Write<T>(IEnumerable<T> rows)
    {
        string path = Path.Combine(NewFolder(), "rows.jsonl");
        JsonLines.Write(path, rows);
        return path;
    }

    /// <summary>Runs a stage; every output of its description must be there.</summary>
    public (string Folder, StageResult Result) Run(IStage stage, string parameters, params (string Role, string Path)[] inputs)
    {
        string folder = NewFolder();
        StageResult result = stage.Run(new StageContext
        {
            Parameters = JsonNode.Parse(parameters)!.AsObject(),
            Inputs = inputs.ToDictionary(input => input.Role, input => input.Path, StringComparer.Ordinal),
            OutputFolder = folder,
        });
        Assert.All(stage.Description.Outputs, output => Assert.True(File.Exists(Path.Combine(folder, output)), output));
        return (folder, result);
    }

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>An empty folder that goes with the bench.</summary>
    public string NewFolder() => _root.CreateSubdirectory($"{_folders++}").FullName;
}
