using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Reads a byte-level BPE in the form of Llama-3 and Qwen2, and refuses what is another one.</summary>
internal static class BytePairReader
{
    /// <returns>The model; null where an error was recorded that leaves none.</returns>
    public static BytePairModel? Read(JsonObject json, Dictionary<string, int> vocabulary, JsonFields fields)
    {
        JsonObject model = (JsonObject)json["model"]!;
        CheckSettings(model, fields);
        CheckDecoder(json["decoder"], fields);
        bool compose = ReadNormalizer(json["normalizer"], fields);
        PatternSplitter? splitter = ReadPreTokenizer(json["pre_tokenizer"], fields);
        MergeTable? merges = MergeReader.Read(model["merges"] as JsonArray ?? [], vocabulary, fields);
        for (int value = 0; value < 256; value++)
        {
            if (!vocabulary.ContainsKey(ByteAlphabet.CharOf((byte)value).ToString()))
            {
                fields.Error(
                    "model", $"The vocabulary of 'BPE' lacks '{ByteAlphabet.CharOf((byte)value)}', the token of the byte {value}: text with it would be lost.");
                return null;
            }
        }

        return splitter is null || merges is null
            ? null
            : new BytePairModel(vocabulary, merges, splitter, model["ignore_merges"]?.ToJsonString() == "true", compose);
    }

    private static void CheckSettings(JsonObject model, JsonFields fields)
    {
        TokenizerJson.RefuseOthers(
            model,
            "model",
            fields,
            "type", "vocab", "merges", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges");
        Check("dropout", "0", "0.0");
        Check("unk_token");
        Check("continuing_subword_prefix", "\"\"");
        Check("end_of_word_suffix", "\"\"");
        Check("fuse_unk", "false");
        Check("byte_fallback", "false");
        Check("ignore_merges", "true", "false");

        void Check(string key, params string[] allowed)
        {
            if (!TokenizerJson.IsNullOr(model[key], allowed))
            {
                fields.Error("model", $"'{key}' of 'BPE' is {TokenizerJson.Kind(model[key])}; supported is {string.Join(" or ", allowed.Prepend("null"))}.");
            }
        }
    }

    private static bool ReadNormalizer(JsonNode? node, JsonFields fields)
    {
        bool compose = false;
        foreach (JsonNode? part in TokenizerJson.Flatten(node, "normalizers"))
        {
            if (TokenizerJson.Type(part) == "NFC")
            {
                compose = true;
            }
            else
            {
                fields.Error("normalizer", $"The normalizer {TokenizerJson.Kind(part)} is not supported; 'NFC' and null are.");
            }
        }

        if (compose && !Normalization.Works)
        {
            fields.Error(
                "normalizer",
                "The normalizer 'NFC' needs ICU, which this runtime does not have or was told not to use.",
                "Install libicu, and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset.");
        }

        return compose;
    }

    private static PatternSplitter? ReadPreTokenizer(JsonNode? node, JsonFields fields)
    {
        JsonNode?[] parts = [.. TokenizerJson.Flatten(node, "pretokenizers")];
        if (parts.Length != 2 || TokenizerJson.Type(parts[0]) != "Split" || TokenizerJson.Type(parts[1]) != "ByteLevel")
        {
            string found = parts.Length == 0 ? "null" : string.Join(", ", parts.Select(TokenizerJson.Kind));
            fields.Error("pre_tokenizer", $"The pre_tokenizer {found} is not supported with the model 'BPE'; 'Split', 'ByteLevel' in a 'Sequence' is.");
            return null;
        }

        JsonObject bytes = (JsonObject)parts[1]!;
        TokenizerJson.RefuseOthers(bytes, "pre_tokenizer", fields, "type", "add_prefix_space", "trim_offsets", "use_regex");
        foreach (string key in new[] { "add_prefix_space", "use_regex" })
        {
            if (bytes[key]?.ToJsonString() != "false")
            {
                fields.Error("pre_tokenizer", $"'{key}' of 'ByteLevel' is {TokenizerJson.Kind(bytes[key])}; false is supported.");
            }
        }

        JsonObject split = (JsonObject)parts[0]!;
        PatternSplitter? splitter = PatternSplitter.For(SplitReader.Pattern(split, fields));
        if (splitter is null)
        {
            fields.Error("pre_tokenizer", $"The pattern {split["pattern"]?.ToJsonString()} is not supported; those of Llama-3 and Qwen2 are.");
        }

        return splitter;
    }

    private static void CheckDecoder(JsonNode? node, JsonFields fields)
    {
        if (TokenizerJson.Type(node) != "ByteLevel")
        {
            fields.Error("decoder", $"The decoder {TokenizerJson.Kind(node)} is not supported with the model 'BPE'; 'ByteLevel' is.");
        }
    }
}
