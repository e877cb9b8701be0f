using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Config;

/// <summary>Fixtures/configs: config.json as published models, models derived from them and trainers have it.</summary>
public class PublishedConfigTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Fixture.Path("configs")).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_ReadTheConfig_When_ItIsPublished(string name)
    {
        JsonObject json = Read(name);
        ModelConfig config = ModelConfig.FromJson(json, name);

        Assert.Equal(name.Contains("Qwen", StringComparison.Ordinal) ? ModelFamily.Qwen2 : ModelFamily.Llama, config.Family);
        Assert.Equal(json["hidden_size"]!.GetValue<int>(), config.HiddenSize);
        Assert.Equal(json["vocab_size"]!.GetValue<int>(), config.VocabSize);
        Assert.Equal(json["num_key_value_heads"]!.GetValue<int>(), config.NumKeyValueHeads);
        Assert.Equal(json["tie_word_embeddings"]!.GetValue<bool>(), config.TieWordEmbeddings);
        Assert.Equal(json["rope_scaling"] is JsonObject, config.RopeScaling is not null);
        Assert.Equal((json["rope_theta"] ?? json["rope_parameters"]!["rope_theta"])!.GetValue<double>(), config.RopeTheta);
        Assert.Equal(TensorType.BF16, config.Dtype);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_NameTheField_When_AnUnknownOneIsThere(string name)
    {
        JsonObject json = Read(name);
        json["query_pre_attn_scalar"] = 256;
        Assert.Equal("x: query_pre_attn_scalar", Assert.Single(Assert.Throws<UserErrorException>(() => ModelConfig.FromJson(json, "x")).Errors).Location);
    }

    [Theory]
    [InlineData("use_mrope", "true")]
    [InlineData("use_mrope", "\"false\"")]
    [InlineData("rope_interleaved", "true")]
    [InlineData("partial_rotary_factor", "0.5")]
    [InlineData("use_qk_norm", "true")]
    [InlineData("pruned_heads", "{\"1\":[0]}")]
    [InlineData("add_cross_attention", "true")]
    [InlineData("resid_pdrop", "0.1")]
    [InlineData("quantization_config", "{\"quant_method\":\"bitsandbytes\"}")]
    [InlineData("auto_map", "{\"AutoModelForCausalLM\":\"modeling_mine.Mine\"}")]
    [InlineData("dual_chunk_attention_config", "{\"chunk_size\":262144}")]
    public void Should_NameTheFieldAndItsValue_When_ItWouldChangeTheResult(string key, string value)
    {
        JsonObject json = Read("Qwen2.5-7B");
        json[key] = JsonNode.Parse(value);
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => ModelConfig.FromJson(json, "x")).Errors);
        Assert.Equal($"x: {key}", error.Location);
        Assert.Contains(JsonNode.Parse(value)!.ToJsonString(), error.Message, StringComparison.Ordinal);
    }

    private static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Fixture.Path("configs", name + ".json")))!.AsObject();
}
