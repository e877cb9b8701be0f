using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Config;

public class ModelConfigTests
{
    [Fact]
    public void Should_ReadEveryField_When_HeadsAreWideAndBiased()
    {
        ModelConfig config = ModelConfig.Read(Fixture.Path("models", "llama-wide-heads"));

        Assert.Equal(
            new ModelConfig
            {
                HiddenSize = 32,
                IntermediateSize = 64,
                NumHiddenLayers = 2,
                NumAttentionHeads = 2,
                NumKeyValueHeads = 1,
                HeadDim = 24,
                VocabSize = 320,
                MaxPositionEmbeddings = 512,
                RmsNormEps = 1e-6,
                RopeTheta = 10000,
                TieWordEmbeddings = false,
                AttentionBias = true,
                MlpBias = true,
                InitializerRange = 0.02,
                BosTokenId = 1,
                EosTokenIds = [2],
                PadTokenId = null,
            },
            config);
    }

    [Theory]
    [InlineData("llama3-scaled-tied", ModelFamily.Llama, true, false, false, 500000)]
    [InlineData("qwen2-tied", ModelFamily.Qwen2, true, true, false, 1000000)]
    [InlineData("qwen2-untied", ModelFamily.Qwen2, false, true, false, 1000000)]
    [InlineData("llama-wide-heads", ModelFamily.Llama, false, true, true, 10000)]
    public void Should_KnowBiasesAndTies_When_FamiliesDiffer(string folder, ModelFamily family, bool tied, bool qkvBias, bool outputBias, double theta)
    {
        ModelConfig config = ModelConfig.Read(Fixture.Path("models", folder));
        Assert.Equal(
            (family, tied, qkvBias, outputBias, theta), (config.Family, config.TieWordEmbeddings, config.QkvBias, config.AttentionBias, config.RopeTheta));
        Assert.Equal(folder == "llama3-scaled-tied" ? new RopeScaling(8, 1, 4, 64) : null, config.RopeScaling);
    }

    [Theory]
    [InlineData("llama-gqa-untied", TensorType.F32)]
    [InlineData("llama-gqa-untied-bf16-sharded", TensorType.BF16)]
    public void Should_KnowTheStoredType_When_SpelledEitherWay(string folder, TensorType dtype) =>
        Assert.Equal(dtype, ModelConfig.Read(Fixture.Path("models", folder)).Dtype);

    [Fact]
    public void Should_ScaleFrequencies_When_RopeTypeIsLlama3()
    {
        // Llama 3.1's settings. Turns over 8192 positions: below 1 divided by 8, above 4 kept, and at 2.5, the middle, the mean of both.
        RopeScaling scaling = new(8, 1, 4, 8192);
        double One(double turns) => scaling.Apply(turns * 2 * Math.PI / 8192) / (turns * 2 * Math.PI / 8192);
        Assert.Equal((1.0 / 8, 1.0, 0.5 * (1 + (1.0 / 8))), (One(0.9), One(4.1), One(2.5)));
    }

    [Theory]
    [InlineData("llama-gqa-untied")]
    [InlineData("llama-gqa-untied-bf16-sharded")]
    [InlineData("llama-wide-heads")]
    [InlineData("llama3-scaled-tied")]
    [InlineData("qwen2-tied")]
    [InlineData("qwen2-untied")]
    public void Should_ReadWhatItWrote_When_RoundTripped(string folder)
    {
        using Fixture temporary = new();
        ModelConfig config = ModelConfig.Read(Fixture.Path("models", folder)) with
        {
            EosTokenIds = [2, 7],
            PadTokenId = 3,
            BosTokenId = null,
            RopeTheta = 12345.5,
        };

        config.Write(temporary.Folder);
        GenerationConfig.Of(config).Write(temporary.Folder);

        Assert.Equal(config, ModelConfig.Read(temporary.Folder));
        GenerationConfig generation = GenerationConfig.Read(temporary.Folder);
        Assert.Equal([2, 7], generation.EosTokenIds);
        Assert.Equal((3, (int?)null), (generation.PadTokenId, generation.BosTokenId));
        Assert.NotEqual(config, config with { EosTokenIds = [7, 2] });
    }

    [Fact]
    public void Should_MeanTheSame_When_SpelledAsTransformers5Does()
    {
        JsonObject old = Valid();
        old["rope_theta"] = 5000.0;
        old["rope_scaling"] = null;
        JsonObject current = Valid();
        current["rope_parameters"] = new JsonObject { ["rope_theta"] = 5000.0, ["rope_type"] = "default" };

        Assert.Equal(5000, ModelConfig.FromJson(current, "x").RopeTheta);
        Assert.Equal(ModelConfig.FromJson(old, "x"), ModelConfig.FromJson(current, "x"));
    }

    [Fact]
    public void Should_TakeTheDefaultsOfLlama_When_FieldsAreAbsent()
    {
        ModelConfig config = ModelConfig.FromJson(Valid(), "x");

        Assert.Equal((4, 8, 2048, 1e-6, 10000d), (config.NumKeyValueHeads, config.HeadDim, config.MaxPositionEmbeddings, config.RmsNormEps, config.RopeTheta));
        Assert.Equal((1, 2, (int?)null), (config.BosTokenId, config.EosTokenIds.Single(), config.PadTokenId));
        Assert.False(config.TieWordEmbeddings || config.AttentionBias || config.MlpBias);
    }

    [Theory]
    [InlineData("hidden_act", "\"gelu\"")]
    [InlineData("sliding_window", "4096")]
    [InlineData("use_sliding_window", "true")]
    [InlineData("layer_types", "[\"full_attention\",\"sliding_attention\"]")]
    [InlineData("rope_scaling", "{\"type\":\"linear\",\"factor\":2.0}")]
    [InlineData("rope_scaling", "{\"factor\":2.0}")]
    [InlineData("rope_parameters", "{\"rope_type\":\"default\",\"partial_rotary_factor\":0.5}")]
    [InlineData("rope_parameters", "{\"rope_type\":\"default\",\"rope_theta\":7.0}")]
    [InlineData("rope_scaling", "{\"rope_type\":\"llama3\",\"factor\":8.0,\"low_freq_factor\":1.0,\"high_freq_factor\":4.0}")]
    [InlineData(
        "rope_scaling", "{\"rope_type\":\"llama3\",\"factor\":8.0,\"low_freq_factor\":4.0,\"high_freq_factor\":4.0,\"original_max_position_embeddings\":64}")]
    [InlineData(
        "rope_scaling", "{\"rope_type\":\"llama3\",\"factor\":0,\"low_freq_factor\":1.0,\"high_freq_factor\":4.0,\"original_max_position_embeddings\":64}")]
    [InlineData(
        "rope_scaling",
        "{\"rope_type\":\"llama3\",\"type\":\"default\",\"factor\":8.0,\"low_freq_factor\":1.0,\"high_freq_factor\":4.0,"
        + "\"original_max_position_embeddings\":64}")]
    [InlineData("rope_scaling", "{\"type\":\"yarn\",\"factor\":4.0,\"original_max_position_embeddings\":32768}")]
    [InlineData("rope_scaling", "{\"rope_type\":\"dynamic\",\"factor\":2.0}")]
    [InlineData("rope_scaling", "{\"rope_type\":\"longrope\"}")]
    [InlineData("torch_dtype", "\"float64\"")]
    [InlineData("torch_dtype", "\"auto\"")]
    [InlineData("dtype", "\"int8\"")]
    [InlineData("quantization_config", "{\"bits\":4}")]
    [InlineData("logit_scale", "2.0")]
    [InlineData("pretraining_tp", "2")]
    [InlineData("attention_dropout", "0.1")]
    [InlineData("architectures", "[\"MistralForCausalLM\"]")]
    [InlineData("model_type", "\"mistral\"")]
    [InlineData("num_key_value_heads", "3")]
    [InlineData("head_dim", "7")]
    [InlineData("hidden_size", "32.5")]
    [InlineData("hidden_size", "\"32\"")]
    [InlineData("num_hidden_layers", "0")]
    [InlineData("rms_norm_eps", "0")]
    [InlineData("vocab_size", "99999999999")]
    [InlineData("tie_word_embeddings", "1")]
    [InlineData("eos_token_id", "[2,-1]")]
    [InlineData("num_attention_heads", "5")]
    [InlineData("model_type", "7")]
    [InlineData("rope_scaling", "\"linear\"")]
    public void Should_NameTheField_When_ItIsNotSupported(string key, string value)
    {
        JsonObject json = Valid();
        json["rope_theta"] = 10000.0;
        json[key] = JsonNode.Parse(value);

        UserErrorException error = Assert.Throws<UserErrorException>(() => ModelConfig.FromJson(json, "config.json"));

        Assert.Contains(error.Errors, one => one.Location!.StartsWith($"config.json: {key}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sliding_window", "null")]
    [InlineData("rope_scaling", "null")]
    [InlineData("rope_scaling", "{\"rope_type\":\"default\"}")]
    [InlineData("layer_types", "[\"full_attention\",\"full_attention\"]")]
    [InlineData("transformers_version", "\"4.44.2\"")]
    [InlineData("quantization_config", "null")]
    public void Should_Read_When_FieldChangesNothing(string key, string value)
    {
        JsonObject json = Valid();
        json[key] = JsonNode.Parse(value);
        Assert.Equal(ModelConfig.FromJson(Valid(), "x"), ModelConfig.FromJson(json, "x"));
    }

    [Fact]
    public void Should_AcceptAWindow_When_ItIsSwitchedOff()
    {
        JsonObject json = Valid();
        json["sliding_window"] = 4096;
        json["use_sliding_window"] = false;
        Assert.Equal(ModelConfig.FromJson(Valid(), "x"), ModelConfig.FromJson(json, "x"));
    }

    [Theory]
    [InlineData("attention_bias", "true")]
    [InlineData("mlp_bias", "true")]
    [InlineData("use_sliding_window", "true")]
    [InlineData("num_key_value_heads", "null")]
    [InlineData("architectures", "[\"LlamaForCausalLM\"]")]
    [InlineData("layer_types", "[\"full_attention\",\"sliding_attention\"]")]
    [InlineData("rope_parameters", "{\"rope_type\":\"yarn\",\"rope_theta\":1000000.0}")]
    public void Should_NameTheField_When_QwenAsksForMore(string key, string value)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(Fixture.Path("models", "qwen2-tied", "config.json")))!.AsObject();
        json[key] = JsonNode.Parse(value);
        UserErrorException error = Assert.Throws<UserErrorException>(() => ModelConfig.FromJson(json, "config.json"));
        Assert.Contains(error.Errors, one => one.Location!.StartsWith($"config.json: {key}", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_AcceptAWindow_When_QwenHasNotSwitchedItOn()
    {
        // As published Qwen2.5 checkpoints have it; use_sliding_window is false by default.
        JsonObject json = JsonNode.Parse(File.ReadAllText(Fixture.Path("models", "qwen2-tied", "config.json")))!.AsObject();
        ModelConfig without = ModelConfig.FromJson(json, "x");
        json["sliding_window"] = 131072;
        json.Remove("use_sliding_window");
        Assert.Equal(without, ModelConfig.FromJson(json, "x"));
    }

    [Fact]
    public void Should_Refuse_When_SpellingsContradict()
    {
        JsonObject json = Valid();
        json["torch_dtype"] = "bfloat16";
        json["dtype"] = "float16";
        json["rope_scaling"] = new JsonObject { ["rope_type"] = "default" };
        json["rope_parameters"] = JsonNode.Parse(
            """{"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4, "original_max_position_embeddings": 64}""");
        UserErrorException error = Assert.Throws<UserErrorException>(() => ModelConfig.FromJson(json, "x"));
        Assert.Equal(["x: dtype", "x: rope_parameters: rope_type"], error.Errors.Select(one => one.Location).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_ListAllErrors_When_ThereAreSeveral()
    {
        JsonObject json = new() { ["hidden_act"] = "relu", ["tie_word_embeddings"] = "no", ["magic"] = 1 };
        UserErrorException error = Assert.Throws<UserErrorException>(() => ModelConfig.FromJson(json, "x"));
        Assert.Equal(
            ["hidden_act", "hidden_size", "intermediate_size", "magic", "num_attention_heads", "num_hidden_layers", "tie_word_embeddings", "vocab_size"],
            error.Errors.Select(one => one.Location![3..]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{\"hidden_size\": 1, \"hidden_size\": 2}")]
    [InlineData("{\"hidden_size\": ")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("null")]
    public void Should_NameTheFile_When_ItIsNoJsonObject(string text)
    {
        using Fixture temporary = new();
        string path = temporary.File("config.json", text);
        UserErrorException error = Assert.Throws<UserErrorException>(() => ModelConfig.Read(temporary.Folder));
        Assert.StartsWith(path, error.Errors[0].Location, StringComparison.Ordinal);
    }

    private static JsonObject Valid() => new()
    {
        ["hidden_size"] = 32,
        ["intermediate_size"] = 64,
        ["num_hidden_layers"] = 2,
        ["num_attention_heads"] = 4,
        ["vocab_size"] = 100,
    };
}
