using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Config;

/// <summary>Reads config.json: what is understood becomes a <see cref="ModelConfig"/>; what would change the result and is not, is refused by name.</summary>
internal static class ConfigReader
{
    /// <summary>Fields of config.json that are read; others are refused or ignored.</summary>
    private static readonly HashSet<string> Understood = new(StringComparer.Ordinal)
    {
        "architectures", "model_type", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
        "head_dim", "vocab_size", "max_position_embeddings", "rms_norm_eps", "rope_theta", "rope_scaling", "rope_parameters",
        "tie_word_embeddings", "attention_bias", "mlp_bias", "initializer_range", "bos_token_id", "eos_token_id", "pad_token_id",
        "hidden_act", "attention_dropout", "pretraining_tp", "sliding_window", "use_sliding_window", "layer_types", "torch_dtype", "dtype",
    };

    private static readonly (ModelFamily Family, string Type, string Architecture)[] Families =
        [(ModelFamily.Llama, "llama", "LlamaForCausalLM"), (ModelFamily.Qwen2, "qwen2", "Qwen2ForCausalLM")];

    private static readonly (TensorType Type, string Name)[] Dtypes = [(TensorType.F32, "float32"), (TensorType.BF16, "bfloat16"), (TensorType.F16, "float16")];

    public static string ModelType(ModelFamily family) => Families.Single(one => one.Family == family).Type;

    public static string Architecture(ModelFamily family) => Families.Single(one => one.Family == family).Architecture;

    /// <exception cref="ArgumentException">No weights are stored in that type.</exception>
    public static string DtypeName(TensorType type) =>
        Dtypes.FirstOrDefault(one => one.Type == type).Name ?? throw new ArgumentException($"Weights are not stored as {type}.", nameof(type));

    public static ModelConfig Read(JsonObject json, string location)
    {
        JsonFields fields = new(json, location);
        ModelFamily family = Family(json, fields);
        bool qwen = family == ModelFamily.Qwen2;
        CheckSupport(json, fields, family);
        int hidden = fields.Integer("hidden_size", null, 1);
        int heads = fields.Integer("num_attention_heads", null, 1);
        (double theta, RopeScaling? scaling) = RopeReader.Read(fields, location);

        // Where Qwen2's defaults are others than Llama's and decide the result, the field must be there.
        ModelConfig config = new()
        {
            Family = family,
            Dtype = Dtype(fields),
            HiddenSize = hidden,
            IntermediateSize = fields.Integer("intermediate_size", null, 1),
            NumHiddenLayers = fields.Integer("num_hidden_layers", null, 1),
            NumAttentionHeads = heads,
            NumKeyValueHeads = fields.Integer("num_key_value_heads", qwen ? null : heads, 1),
            HeadDim = fields.Integer("head_dim", Math.Max(1, hidden / heads), 1),
            VocabSize = fields.Integer("vocab_size", null, 1),
            MaxPositionEmbeddings = fields.Integer("max_position_embeddings", qwen ? 32768 : 2048, 1),
            RmsNormEps = fields.Positive("rms_norm_eps", 1e-6),
            RopeTheta = theta,
            RopeScaling = scaling,
            TieWordEmbeddings = fields.Boolean("tie_word_embeddings", false),
            AttentionBias = fields.Boolean("attention_bias", false),
            MlpBias = fields.Boolean("mlp_bias", false),
            InitializerRange = fields.Positive("initializer_range", 0.02),
            BosTokenId = fields.TokenId("bos_token_id", qwen ? null : 1),
            EosTokenIds = fields.TokenIds("eos_token_id", qwen ? [] : [2]),
            PadTokenId = fields.TokenId("pad_token_id", null),
        };
        fields.ThrowIfAny();
        CheckHeads(config, fields);
        fields.ThrowIfAny();
        return config;
    }

    private static ModelFamily Family(JsonObject json, JsonFields fields)
    {
        string? type = fields.String("model_type");
        int at = type is null ? 0 : Array.FindIndex(Families, one => one.Type == type);
        if (at < 0)
        {
            fields.Error("model_type", $"model_type '{Quoted.Of(type)}' is not supported; 'llama' and 'qwen2' are.");
            return ModelFamily.Llama;
        }

        if (fields.Has("architectures")
            && (json["architectures"] is not JsonArray { Count: 1 } names || names[0]?.ToJsonString() != $"\"{Families[at].Architecture}\""))
        {
            fields.Error("architectures", $"architectures {fields.Text("architectures")} is not supported; [\"{Families[at].Architecture}\"] is.");
        }

        return Families[at].Family;
    }

    private static TensorType Dtype(JsonFields fields)
    {
        string? old = fields.String("torch_dtype");
        string? current = fields.String("dtype");
        if (old is not null && current is not null && old != current)
        {
            fields.Error("dtype", $"'dtype' is '{current}' and 'torch_dtype' is '{old}'.", "Keep one of them.");
        }

        string name = current ?? old ?? DtypeName(TensorType.F32);
        int at = Array.FindIndex(Dtypes, one => one.Name == name);
        if (at < 0)
        {
            fields.Error(
                current is null ? "torch_dtype" : "dtype",
                $"The dtype '{Quoted.Of(name)}' is not supported; {string.Join(", ", Dtypes.Select(one => one.Name))} are.");
        }

        return Dtypes[Math.Max(0, at)].Type;
    }

    private static void CheckHeads(ModelConfig config, JsonFields fields)
    {
        (int hidden, int heads, int keyValueHeads) = (config.HiddenSize, config.NumAttentionHeads, config.NumKeyValueHeads);
        if (!fields.Has("head_dim") && hidden % heads != 0)
        {
            fields.Error(
                "num_attention_heads",
                $"{hidden} hidden units do not divide into {heads} heads.",
                "Give a head_dim, or a number of heads that divides hidden_size.");
        }

        if (heads % keyValueHeads != 0)
        {
            fields.Error("num_key_value_heads", $"{heads} query heads do not divide into {keyValueHeads} key-value heads.");
        }

        if (config.HeadDim % 2 != 0)
        {
            fields.Error("head_dim", $"A head of {config.HeadDim} units cannot be rotated in pairs; it must be even.");
        }
    }

    private static void CheckSupport(JsonObject json, JsonFields fields, ModelFamily family)
    {
        if (fields.String("hidden_act") is { } act && act != "silu")
        {
            fields.Error("hidden_act", $"hidden_act '{Quoted.Of(act)}' is not supported; 'silu' is.");
        }

        if (fields.Has("attention_dropout") && fields.Text("attention_dropout") is not ("0" or "0.0"))
        {
            fields.Error("attention_dropout", $"attention_dropout {fields.Text("attention_dropout")} is not supported; 0 is.");
        }

        if (fields.Integer("pretraining_tp", 1, 1) != 1)
        {
            fields.Error("pretraining_tp", $"pretraining_tp {fields.Text("pretraining_tp")} splits the matrix products, which is not supported; 1 is.");
        }

        foreach (string key in new[] { "attention_bias", "mlp_bias" }.Where(key => family == ModelFamily.Qwen2 && fields.Boolean(key, false)))
        {
            fields.Error(key, $"'{key}' is true; Qwen2 has biases at q, k and v, and nowhere else.");
        }

        CheckWindows(json, fields, family);
        foreach ((string key, JsonNode? value) in json)
        {
            // Null means "not in use" for every field of a Hugging Face config.
            if (value is null || Understood.Contains(key) || ConfigFields.ChangesNothing(key, value.ToJsonString()))
            {
                continue;
            }

            fields.Error(
                Quoted.Of(key),
                ConfigFields.Accepted(key) is { } accepted
                    ? $"'{key}' is {fields.Text(key)}, which is not supported; {accepted} is."
                    : $"The field '{Quoted.Of(key)}' is {fields.Text(key)} and is not known, so it might change the model's result.",
                "Remove it if it does not.");
        }
    }

    private static void CheckWindows(JsonObject json, JsonFields fields, ModelFamily family)
    {
        // Of Qwen2, a window that is named and not switched on is not in use.
        bool use = fields.Boolean("use_sliding_window", family != ModelFamily.Qwen2 && fields.Has("sliding_window"));
        if (use)
        {
            string key = fields.Has("use_sliding_window") ? "use_sliding_window" : "sliding_window";
            fields.Error(key, $"A sliding window ({fields.Text("sliding_window")}) is in use; only full attention is supported.");
        }

        if (fields.Has("layer_types")
            && (json["layer_types"] is not JsonArray types || types.Any(type => type?.ToJsonString() != "\"full_attention\"")))
        {
            fields.Error("layer_types", $"layer_types {fields.Text("layer_types")} is not supported; \"full_attention\" for every layer is.");
        }
    }
}
