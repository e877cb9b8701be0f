using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Reads <c>added_tokens</c>.</summary>
internal static class AddedTokensReader
{
    /// <summary>The tokens; each has a content of its own, and an id that is its own or that of the same text in the vocabulary.</summary>
    public static List<AddedToken> Read(JsonNode? node, Dictionary<string, int> vocabulary, JsonFields fields)
    {
        List<AddedToken> added = [];
        Dictionary<int, string> contents = vocabulary.ToDictionary(pair => pair.Value, pair => pair.Key);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonNode? item in node as JsonArray ?? [])
        {
            JsonObject token = item as JsonObject ?? [];
            string content = TokenizerJson.Text(token["content"]) ?? "";
            if (content.Length == 0 || TokenizerJson.Id(token["id"]) is not { } id || !seen.Add(content))
            {
                fields.Error("added_tokens", $"{Quoted.Of(item?.ToJsonString() ?? "null")} is no added token: a content of its own and an id are needed.");
                continue;
            }

            bool other = vocabulary.TryGetValue(content, out int model) && model != id;
            if (other || (contents.TryGetValue(id, out string? holder) && holder != content))
            {
                fields.Error("added_tokens", $"The token '{Quoted.Of(content)}' and the id {id} do not belong together in the vocabulary.");
                continue;
            }

            foreach (string flag in new[] { "single_word", "lstrip", "rstrip" })
            {
                if (!TokenizerJson.IsNullOr(token[flag], "false"))
                {
                    fields.Error("added_tokens", $"'{flag}' of the token '{Quoted.Of(content)}' is not supported; false is.");
                }
            }

            contents[id] = content;
            added.Add(new AddedToken(id, content, Special: IsTrue(token["special"]), Normalized: IsTrue(token["normalized"])));
        }

        return added;
    }

    private static bool IsTrue(JsonNode? node) => node?.ToJsonString() == "true";
}
