using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>
/// Reads a byte-pair encoding in the form that SentencePiece models of Llama-2, TinyLlama and Mistral are converted to, and refuses what is another one.
/// </summary>
internal static class SentencePieceReader
{
    /// <summary>Stands for a blank in the vocabulary.</summary>
    public const char Blank = '\u2581';

    /// <summary>True for a file with byte fallback, which byte-level models do not have.</summary>
    public static bool IsOne(JsonObject json) => (json["model"] as JsonObject)?["byte_fallback"]?.ToJsonString() == "true";

    /// <returns>The model; null where an error was recorded that leaves none.</returns>
    public static SentencePieceModel? Read(JsonObject json, Dictionary<string, int> vocabulary, JsonFields fields)
    {
        JsonObject model = (JsonObject)json["model"]!;
        CheckSettings(model, fields);
        if (json["pre_tokenizer"] is { } splitter)
        {
            fields.Error("pre_tokenizer", $"The pre_tokenizer {TokenizerJson.Kind(splitter)} is not supported with 'byte_fallback'; null is.");
        }

        bool prepends = ReadNormalizer(json["normalizer"], fields);
        CheckDecoder(json["decoder"], prepends, fields);
        int?[] bytes = [.. Enumerable.Range(0, 256).Select(value => vocabulary.TryGetValue($"<0x{value:X2}>", out int id) ? id : (int?)null)];
        int? unknown = TokenizerJson.Text(model["unk_token"]) is { } text && vocabulary.TryGetValue(text, out int found) ? found : null;
        if (unknown is null && (bytes.Contains(null) || model["unk_token"] is not null))
        {
            fields.Error("model", $"The unk_token {TokenizerJson.Kind(model["unk_token"])} is no token of the vocabulary: text that it lacks would be lost.");
        }

        return MergeReader.Read(model["merges"] as JsonArray ?? [], vocabulary, fields) is { } merges
            ? new SentencePieceModel(vocabulary, merges, bytes, unknown)
            {
                Prepends = prepends,
                FusesUnknown = model["fuse_unk"]?.ToJsonString() == "true",
                IgnoresMerges = model["ignore_merges"]?.ToJsonString() == "true",
            }
            : null;
    }

    private static void CheckSettings(JsonObject model, JsonFields fields)
    {
        TokenizerJson.RefuseOthers(
            model,
            "model",
            fields,
            "type", "vocab", "merges", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges");
        foreach ((string key, string[] allowed) in new (string, string[])[]
        {
            ("dropout", ["0", "0.0"]), ("continuing_subword_prefix", ["\"\""]), ("end_of_word_suffix", ["\"\""]), ("fuse_unk", ["true", "false"]),
            ("ignore_merges", ["true", "false"]),
        })
        {
            if (!TokenizerJson.IsNullOr(model[key], allowed))
            {
                fields.Error("model", $"'{key}' of 'BPE' is {TokenizerJson.Kind(model[key])}; supported is {string.Join(" or ", allowed.Prepend("null"))}.");
            }
        }
    }

    // True when a blank is put before each text.
    private static bool ReadNormalizer(JsonNode? node, JsonFields fields)
    {
        int prepends = 0;
        int replaces = 0;
        foreach (JsonNode? part in TokenizerJson.Flatten(node, "normalizers"))
        {
            switch (TokenizerJson.Type(part))
            {
                case "Prepend" when TokenizerJson.Text(part!["prepend"]) == $"{Blank}":
                    TokenizerJson.RefuseOthers((JsonObject)part, "normalizer", fields, "type", "prepend");
                    prepends++;
                    break;
                case "Replace" when IsReplace(part!, " ", $"{Blank}"):
                    TokenizerJson.RefuseOthers((JsonObject)part!, "normalizer", fields, "type", "pattern", "content");
                    replaces++;
                    break;
                default:
                    fields.Error("normalizer", $"The normalizer {TokenizerJson.Kind(part)}, as it stands, is not supported with 'byte_fallback'; 'Prepend' of '{Blank}' and 'Replace' of ' ' by it are.");
                    return false;
            }
        }

        if (prepends > 1 || replaces != 1)
        {
            fields.Error("normalizer", $"With 'byte_fallback', one 'Replace' of ' ' by '{Blank}' and at most one 'Prepend' are supported.");
        }

        return prepends == 1;
    }

    private static void CheckDecoder(JsonNode? node, bool prepends, JsonFields fields)
    {
        JsonNode?[] parts = [.. TokenizerJson.Flatten(node, "decoders")];
        bool fits = parts.Length == (prepends ? 4 : 3)
            && TokenizerJson.Type(parts[0]) == "Replace" && IsReplace(parts[0]!, $"{Blank}", " ")
            && TokenizerJson.Type(parts[1]) == "ByteFallback"
            && TokenizerJson.Type(parts[2]) == "Fuse"
            && (!prepends || IsStrip(parts[3]));
        if (!fits)
        {
            string found = parts.Length == 0 ? "null" : string.Join(", ", parts.Select(TokenizerJson.Kind));
            fields.Error(
                "decoder",
                $"The decoder {found}, as it stands, is not supported with 'byte_fallback'; 'Replace' of '{Blank}' by ' ', 'ByteFallback', 'Fuse'{(prepends ? ", and 'Strip' of one ' ' at the start" : "")} in a 'Sequence' are.");
        }
    }

    private static bool IsReplace(JsonNode part, string from, string to) =>
        part["pattern"] is JsonObject { Count: 1 } pattern && TokenizerJson.Text(pattern["String"]) == from && TokenizerJson.Text(part["content"]) == to;

    private static bool IsStrip(JsonNode? part) =>
        TokenizerJson.Type(part) == "Strip" && TokenizerJson.Text(part!["content"]) == " "
        && part["start"]?.ToJsonString() == "1" && part["stop"]?.ToJsonString() == "0";
}
