using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Files;

/// <summary>The files of a folder in Hugging Face layout.</summary>
public static class CheckpointFolder
{
    /// <summary>The model's shape, <see cref="Config.ModelConfig"/>.</summary>
    public const string Config = "config.json";

    /// <summary>Defaults of generation, <see cref="Config.GenerationConfig"/>.</summary>
    public const string GenerationConfig = "generation_config.json";

    /// <summary>The weights in one file, <see cref="Weights.SafetensorsFile"/>.</summary>
    public const string Weights = "model.safetensors";

    /// <summary>Which file holds which tensor, where the weights are in several.</summary>
    public const string WeightsIndex = "model.safetensors.index.json";

    /// <summary>The vocabulary and its rules, <see cref="Tokenization.Tokenizer"/>.</summary>
    public const string Tokenizer = "tokenizer.json";

    /// <summary>Special tokens and the chat template, <see cref="Chat.ChatFormat"/>.</summary>
    public const string TokenizerConfig = "tokenizer_config.json";

    /// <summary>The chat template where it is in a file of its own; it then counts instead of the one in <see cref="TokenizerConfig"/>.</summary>
    public const string ChatTemplate = "chat_template.jinja";

    /// <summary>The special tokens by name once more, where older versions of Transformers wrote it; it must agree.</summary>
    public const string SpecialTokensMap = "special_tokens_map.json";

    /// <summary>The added tokens once more, where older versions of Transformers wrote it; it must agree.</summary>
    public const string AddedTokens = "added_tokens.json";

    /// <summary>
    /// The names of the files that make a checkpoint, those that are there, in ordinal order; whatever else lies in the folder does not count.
    /// </summary>
    /// <exception cref="UserErrorException">The weights' index is malformed or names a file that is missing.</exception>
    public static IReadOnlyList<string> Files(string folder) =>
    [
        .. new[] { Config, GenerationConfig, Tokenizer, TokenizerConfig, ChatTemplate, SpecialTokensMap, AddedTokens }.Where(name =>
            File.Exists(Path.Combine(folder, name)))
            .Concat(WeightFiles(folder))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Copies tokenizer.json, tokenizer_config.json and, where there is one, chat_template.jinja, byte for byte.</summary>
    /// <exception cref="UserErrorException">One of the first two is missing.</exception>
    public static void CopyTokenizer(string fromFolder, string toFolder)
    {
        Directory.CreateDirectory(toFolder);
        foreach (string name in new[] { Tokenizer, TokenizerConfig, ChatTemplate })
        {
            string from = Path.Combine(fromFolder, name);
            if (File.Exists(from))
            {
                File.Copy(from, Path.Combine(toFolder, name), overwrite: true);
            }
            else if (name != ChatTemplate)
            {
                throw new UserErrorException($"The tokenizer's folder has no {name}.", from);
            }
        }
    }

    private static IEnumerable<string> WeightFiles(string folder) =>
        File.Exists(Path.Combine(folder, Weights)) ? [Weights]
        : File.Exists(Path.Combine(folder, WeightsIndex)) ? ShardIndex.Read(folder).Values.Distinct(StringComparer.Ordinal).Append(WeightsIndex)
        : [];
}
