using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Config;

/// <summary>
/// The shape of a Llama or Qwen2 model: the fields of a Hugging Face config.json under their own names. Defaults are those of Transformers'
/// LlamaConfig.
/// </summary>
public sealed record ModelConfig
{
    /// <summary>The architecture; default Llama.</summary>
    public ModelFamily Family { get; init; }

    /// <summary>The type in which the weights are stored: F32, BF16 or F16; default F32.</summary>
    public TensorType Dtype { get; init; } = TensorType.F32;

    /// <summary>Width C of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width of the gated feed-forward layer.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of transformer layers.</summary>
    public required int NumHiddenLayers { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int NumAttentionHeads { get; init; }

    /// <summary>Number of key and value heads; divides <see cref="NumAttentionHeads"/>.</summary>
    public required int NumKeyValueHeads { get; init; }

    /// <summary>Width of a head, even; HiddenSize / NumAttentionHeads unless the file says otherwise.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Rows V of the embedding.</summary>
    public required int VocabSize { get; init; }

    /// <summary>The longest sequence in tokens; default 2048.</summary>
    public int MaxPositionEmbeddings { get; init; } = 2048;

    /// <summary>The epsilon of RMSNorm; default 1e-6.</summary>
    public double RmsNormEps { get; init; } = 1e-6;

    /// <summary>The base of the rotary frequencies; default 10000.</summary>
    public double RopeTheta { get; init; } = 10000;

    /// <summary>How rotary frequencies are stretched; null for not.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>True when the output layer is the embedding; default false.</summary>
    public bool TieWordEmbeddings { get; init; }

    /// <summary>Of Llama: true when the q, k, v and o projections have a bias; default false.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>True when the q, k and v projections have a bias.</summary>
    public bool QkvBias => AttentionBias || Family == ModelFamily.Qwen2;

    /// <summary>True when the gate, up and down projections have a bias; default false.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Standard deviation of initial weights; default 0.02.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Begin of text, or null; 1 where the file does not say.</summary>
    public int? BosTokenId { get; init; } = 1;

    /// <summary>Tokens that end a text, a number or a list in the file; 2 where the file does not say.</summary>
    public IReadOnlyList<int> EosTokenIds { get; init; } = [2];

    /// <summary>The id of the padding token; null for none.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>Reads config.json of a folder.</summary>
    /// <exception cref="UserErrorException">As <see cref="FromJson"/>, or the file is missing or no JSON object.</exception>
    public static ModelConfig Read(string folder) =>
        FromJson(JsonFiles.ReadObject(folder, CheckpointFolder.Config), Path.Combine(folder, CheckpointFolder.Config));

    /// <summary>Reads the fields, in the spelling of published checkpoints (<c>rope_theta</c>) or of Transformers 5 (<c>rope_parameters</c>).</summary>
    /// <param name="json">The object.</param>
    /// <param name="location">Where it stands, for messages.</param>
    /// <exception cref="UserErrorException">
    /// A field is missing, has the wrong type or range, asks for what is not supported, or is unknown. All such fields are listed at once.
    /// </exception>
    public static ModelConfig FromJson(JsonObject json, string location) => ConfigReader.Read(json, location);

    /// <summary>Writes config.json as Transformers 4 and 5 and vLLM read it.</summary>
    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, CheckpointFolder.Config), CanonicalJson.WriteIndented(ToJson()));

    /// <summary>The fields as config.json has them.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = Common();
        if (Family == ModelFamily.Qwen2)
        {
            json["use_sliding_window"] = false;
        }
        else
        {
            json["attention_bias"] = AttentionBias;
            json["mlp_bias"] = MlpBias;
            json["pretraining_tp"] = 1;
        }

        return json;
    }

    /// <summary>Equal when every field is, the end tokens compared in order.</summary>
    public bool Equals(ModelConfig? other) => other is not null && CanonicalJson.Write(ToJson()) == CanonicalJson.Write(other.ToJson());

    /// <inheritdoc />
    public override int GetHashCode() => CanonicalJson.Hash(ToJson()).GetHashCode();

    /// <summary>A number for one id, a list for several, null for none.</summary>
    internal static JsonNode? IdsNode(IReadOnlyList<int> ids) => ids.Count switch
    {
        0 => null,
        1 => ids[0],
        _ => new JsonArray([.. ids.Select(id => (JsonNode)id)]),
    };

    private JsonObject Common() => new()
    {
        ["architectures"] = new JsonArray(ConfigReader.Architecture(Family)),
        ["model_type"] = ConfigReader.ModelType(Family),
        ["torch_dtype"] = ConfigReader.DtypeName(Dtype),
        ["hidden_act"] = "silu",
        ["attention_dropout"] = 0.0,
        ["use_cache"] = true,
        ["hidden_size"] = HiddenSize,
        ["intermediate_size"] = IntermediateSize,
        ["num_hidden_layers"] = NumHiddenLayers,
        ["num_attention_heads"] = NumAttentionHeads,
        ["num_key_value_heads"] = NumKeyValueHeads,
        ["head_dim"] = HeadDim,
        ["vocab_size"] = VocabSize,
        ["max_position_embeddings"] = MaxPositionEmbeddings,
        ["rms_norm_eps"] = RmsNormEps,
        ["rope_theta"] = RopeTheta,
        ["rope_scaling"] = RopeReader.Write(RopeScaling),
        ["tie_word_embeddings"] = TieWordEmbeddings,
        ["initializer_range"] = InitializerRange,
        ["bos_token_id"] = BosTokenId,
        ["eos_token_id"] = IdsNode(EosTokenIds),
        ["pad_token_id"] = PadTokenId,
    };
}
