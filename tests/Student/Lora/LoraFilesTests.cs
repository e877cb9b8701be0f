using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;

namespace NaturalThoughts.Student.Tests.Lora;

public sealed class LoraFilesTests : IDisposable
{
    private static readonly string Golden = Path.Combine(TestModels.Fixtures, "lora-on-llama-gqa-untied", "adapter");
    private static readonly ModelConfig Config = ModelConfig.Read(Path.Combine(TestModels.Fixtures, "llama-gqa-untied", "checkpoint"));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adapter-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    [Fact]
    public void Should_WriteTheReferencesTensors_When_ItsAdapterIsCopied()
    {
        using LoraAdapter adapter = LoraFiles.Read(Golden, Config);
        Assert.Equal((4, 8d), (adapter.Options.Rank, adapter.Options.Alpha));
        Assert.Equal(LoraOptions.Modules, adapter.Options.Targets);
        LoraFiles.Write(adapter, _folder.FullName);

        Assert.Equal(File.ReadAllBytes(Path.Combine(Golden, LoraFiles.Weights)), File.ReadAllBytes(At(LoraFiles.Weights)));
        using LoraAdapter copy = LoraFiles.Read(_folder.FullName, Config);
        Assert.Equal(TestModels.Values(adapter.Flat), TestModels.Values(copy.Flat));

        // Every field that is written is in PEFT's file with the same meaning.
        JsonObject theirs = JsonNode.Parse(File.ReadAllText(Path.Combine(Golden, "adapter_config.json")))!.AsObject();
        foreach ((string key, JsonNode? value) in JsonNode.Parse(File.ReadAllText(At("adapter_config.json")))!.AsObject())
        {
            Assert.True(key == "target_modules" || JsonNode.DeepEquals(value, theirs[key]), key);
        }
    }

    [Theory]
    [InlineData("lora_dropout", "0.1")]
    [InlineData("use_rslora", "true")]
    [InlineData("use_dora", "true")]
    [InlineData("bias", "\"all\"")]
    [InlineData("fan_in_fan_out", "true")]
    [InlineData("init_lora_weights", "\"pissa\"")]
    [InlineData("rank_pattern", "{\"q_proj\": 8}")]
    [InlineData("alpha_pattern", "{\"q_proj\": 8}")]
    [InlineData("modules_to_save", "[\"lm_head\"]")]
    [InlineData("layers_to_transform", "[0]")]
    [InlineData("layer_replication", "[[0, 1]]")]
    [InlineData("exclude_modules", "\"q_proj\"")]
    [InlineData("trainable_token_indices", "[5]")]
    [InlineData("lora_bias", "true")]
    [InlineData("target_modules", "\"all-linear\"")]
    [InlineData("target_modules", "[\"lm_head\"]")]
    [InlineData("target_modules", "[]")]
    [InlineData("peft_type", "\"IA3\"")]
    [InlineData("task_type", "\"SEQ_CLS\"")]
    [InlineData("r", "0")]
    [InlineData("lora_alpha", "0")]
    [InlineData("new_feature", "1")]
    public void Should_NameTheField_When_ItIsNotSupported(string key, string value)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(Path.Combine(Golden, "adapter_config.json")))!.AsObject();
        json[key] = JsonNode.Parse(value);
        File.WriteAllText(At("adapter_config.json"), json.ToJsonString());
        UserErrorException error = Assert.Throws<UserErrorException>(() => LoraFiles.Read(_folder.FullName, Config));
        Assert.Equal($"{At("adapter_config.json")}: {key}", Assert.Single(error.Errors).Location);
    }

    [Fact]
    public void Should_NameTheTensor_When_TheAdapterIsOfAnotherModel()
    {
        ModelConfig more = Config with { NumHiddenLayers = 3 }, fewer = Config with { NumHiddenLayers = 1 }, wider = Config with { IntermediateSize = 96 };
        Assert.Contains("layers.2.", Assert.Throws<UserErrorException>(() => LoraFiles.Read(Golden, more)).Message, StringComparison.Ordinal);
        Assert.Contains("layers.1.", Assert.Throws<UserErrorException>(() => LoraFiles.Read(Golden, fewer)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "[4, 88] in the file, [4, 96] in the model", Assert.Throws<UserErrorException>(() => LoraFiles.Read(Golden, wider)).Message,
            StringComparison.Ordinal);
    }
}
