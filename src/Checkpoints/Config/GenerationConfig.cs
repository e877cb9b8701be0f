using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Config;

/// <summary>
/// The special tokens in generation_config.json. Sampling defaults that may be there as well are not read: an experiment states its own.
/// </summary>
/// <param name="BosTokenId">Begin of text, or null.</param>
/// <param name="EosTokenIds">Tokens that end an answer; a number or a list in the file.</param>
/// <param name="PadTokenId">Padding, or null.</param>
public sealed record GenerationConfig(int? BosTokenId, IReadOnlyList<int> EosTokenIds, int? PadTokenId)
{
    /// <summary>The tokens that the model's config names.</summary>
    public static GenerationConfig Of(ModelConfig config) => new(config.BosTokenId, config.EosTokenIds, config.PadTokenId);

    /// <summary>Reads generation_config.json of a folder.</summary>
    /// <exception cref="UserErrorException">The file is missing or a token id is not a whole number.</exception>
    public static GenerationConfig Read(string folder)
    {
        JsonFields fields = new(JsonFiles.ReadObject(folder, CheckpointFolder.GenerationConfig), Path.Combine(folder, CheckpointFolder.GenerationConfig));
        GenerationConfig config = new(fields.TokenId("bos_token_id", null), fields.TokenIds("eos_token_id", []), fields.TokenId("pad_token_id", null));
        fields.ThrowIfAny();
        return config;
    }

    /// <summary>As <see cref="Read"/>; null where the folder has no such file.</summary>
    /// <exception cref="UserErrorException">A token id is not a whole number.</exception>
    public static GenerationConfig? Find(string folder) => File.Exists(Path.Combine(folder, CheckpointFolder.GenerationConfig)) ? Read(folder) : null;

    /// <summary>Writes generation_config.json into a folder.</summary>
    public void Write(string folder)
    {
        JsonObject json = new()
        {
            ["_from_model_config"] = true,
            ["bos_token_id"] = BosTokenId,
            ["eos_token_id"] = ModelConfig.IdsNode(EosTokenIds),
            ["pad_token_id"] = PadTokenId,
        };
        File.WriteAllText(Path.Combine(folder, CheckpointFolder.GenerationConfig), CanonicalJson.WriteIndented(json));
    }
}
