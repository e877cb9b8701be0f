using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Records;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Reads what the mini world's model needs, and refuses the rest.</summary>
internal static class WordLevelReader
{
    /// <returns>The model; null where an error was recorded that leaves none.</returns>
    public static WordLevelModel? Read(JsonObject json, Dictionary<string, int> vocabulary, JsonFields fields)
    {
        foreach (string key in new[] { "normalizer", "post_processor" })
        {
            if (json[key] is { } part)
            {
                fields.Error(key, $"The {key} {TokenizerJson.Kind(part)} is not supported with the model 'WordLevel'; null is.");
            }
        }

        ReadPreTokenizer(json["pre_tokenizer"], fields);
        if (TokenizerJson.Type(json["decoder"]) != "Fuse")
        {
            fields.Error("decoder", $"The decoder {TokenizerJson.Kind(json["decoder"])} is not supported with the model 'WordLevel'; 'Fuse' is.");
        }

        string unknown = TokenizerJson.Text(json["model"]!["unk_token"]) ?? "";
        if (vocabulary.ContainsKey(unknown))
        {
            return new WordLevelModel(vocabulary, unknown);
        }

        fields.Error("model", $"The unk_token '{unknown}' is not in the vocabulary.");
        return null;
    }

    private static void ReadPreTokenizer(JsonNode? node, JsonFields fields)
    {
        if (TokenizerJson.Type(node) != "Split")
        {
            fields.Error("pre_tokenizer", $"The pre_tokenizer {TokenizerJson.Kind(node)} is not supported with the model 'WordLevel'; 'Split' is.");
            return;
        }

        if (SplitReader.Pattern((JsonObject)node!, fields) is var pattern && pattern != WordSplitter.Pattern)
        {
            fields.Error("pre_tokenizer", $"The pattern {node!["pattern"]?.ToJsonString()} is not supported; {{\"Regex\": \"{WordSplitter.Pattern}\"}} is.");
        }
    }
}
