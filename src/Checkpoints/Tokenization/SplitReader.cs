using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Reads the pre-tokenizer <c>Split</c>.</summary>
internal static class SplitReader
{
    /// <summary>Its regular expression, or null where its pattern is none; another behaviour than keeping each piece is an error.</summary>
    public static string? Pattern(JsonObject split, JsonFields fields)
    {
        TokenizerJson.RefuseOthers(split, "pre_tokenizer", fields, "type", "pattern", "behavior", "invert");
        if (TokenizerJson.Text(split["behavior"]) != "Isolated" || !TokenizerJson.IsNullOr(split["invert"], "false"))
        {
            fields.Error("pre_tokenizer", "Only the behavior 'Isolated' without 'invert' is supported.");
        }

        return TokenizerJson.Text((split["pattern"] as JsonObject)?["Regex"]);
    }
}
