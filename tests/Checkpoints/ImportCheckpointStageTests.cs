using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests;

public sealed class ImportCheckpointStageTests : IDisposable
{
    private readonly DirectoryInfo _source = Directory.CreateTempSubdirectory("source");
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("output");

    public ImportCheckpointStageTests()
    {
        foreach (string path in
            new[]
            {
                "models/llama-gqa-untied/config.json", "models/llama-gqa-untied/model.safetensors", "world-tokenizer/tokenizer.json",
                "world-tokenizer/tokenizer_config.json",
            })
        {
            File.Copy(Fixture.Path(path), Path.Combine(_source.FullName, Path.GetFileName(path)));
        }

        File.WriteAllText(Path.Combine(_source.FullName, "README.md"), "Not a part of the model.");
    }

    public void Dispose()
    {
        _source.Delete(recursive: true);
        _output.Delete(recursive: true);
    }

    [Fact]
    public void Should_TakeWhatMakesACheckpoint_When_OtherFilesLieBesideIt()
    {
        StageResult result = Run(Files());

        Assert.Equal(
            ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"],
            _output.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(4, result.Counts["files"]);
        Assert.Equal(_output.EnumerateFiles().Sum(file => file.Length), result.Counts["bytes"]);
    }

    [Fact]
    public void Should_WriteTheTemplate_When_TheParametersHaveOne()
    {
        const string Template = "{% for m in messages %}{{ m.content }}<|end|>{% endfor %}";
        Run(Files(), Template);

        Assert.Equal(Template, File.ReadAllText(Path.Combine(_output.FullName, "chat_template.jinja")));
        Assert.False(File.Exists(Path.Combine(_source.FullName, "chat_template.jinja")));
    }

    [Fact]
    public void Should_Refuse_When_TheTemplateCannotBeRendered() =>
        Assert.Contains("line 2", Assert.Throws<UserErrorException>(() => Run(Files(), "\n{% include 'x' %}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_Refuse_When_AFileChangedAfterThePlan()
    {
        JsonObject files = Files();
        File.AppendAllText(Path.Combine(_source.FullName, "tokenizer.json"), "\n");

        Assert.Contains("changed after the plan", Assert.Throws<UserErrorException>(() => Run(files)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_When_ThePartsAreNotUnderstood()
    {
        File.WriteAllText(Path.Combine(_source.FullName, "config.json"), "{\"model_type\": \"mamba\"}");

        Assert.Throws<UserErrorException>(() => Run(Files()));
    }

    [Fact]
    public void Should_TakeAllShards_When_WeightsAreInSeveral()
    {
        File.Delete(Path.Combine(_source.FullName, "model.safetensors"));
        foreach (string path in Directory.EnumerateFiles(Fixture.Path("models", "llama-gqa-untied-bf16-sharded"), "model*"))
        {
            File.Copy(path, Path.Combine(_source.FullName, Path.GetFileName(path)));
        }

        Assert.Equal(3 + 4, Run(Files()).Counts["files"]);
        File.Delete(Path.Combine(_source.FullName, "model-00002-of-00003.safetensors"));
        Assert.Contains("'model-00002-of-00003.safetensors', which is missing", Assert.Throws<UserErrorException>(Files).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_When_WeightsAreDamagedOrMissing()
    {
        File.WriteAllBytes(Path.Combine(_source.FullName, "model.safetensors"), new byte[7]);
        Assert.Contains("7 bytes", Assert.Throws<UserErrorException>(() => Run(Files())).Message, StringComparison.Ordinal);
        foreach (FileInfo file in _output.EnumerateFiles())
        {
            file.Delete();
        }

        File.Delete(Path.Combine(_source.FullName, "model.safetensors"));
        Assert.Contains("neither model.safetensors nor", Assert.Throws<UserErrorException>(() => Run(Files())).Message, StringComparison.Ordinal);
    }

    private JsonObject Files() =>
        new(
            CheckpointFolder.Files(_source.FullName)
                .Select(name => KeyValuePair.Create(name, (JsonNode?)ContentHash.OfFile(Path.Combine(_source.FullName, name)).Hex)));

    private StageResult Run(JsonObject files, string? template = null) => new ImportCheckpointStage().Run(new StageContext
    {
        Parameters = template is null ? new() { ["files"] = files } : new() { ["files"] = files, ["chatTemplate"] = template },
        Inputs = new Dictionary<string, string> { [ImportCheckpointStage.Source] = _source.FullName },
        OutputFolder = _output.FullName,
    });
}
