using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Reads the <c>merges</c> of a byte-pair encoding.</summary>
internal static class MergeReader
{
    /// <returns>The merges; null where one is none, which is an error.</returns>
    public static MergeTable? Read(JsonArray list, Dictionary<string, int> vocabulary, JsonFields fields)
    {
        List<(int Left, int Right, int Result)> merges = new(list.Count);
        foreach (JsonNode? item in list)
        {
            if (Pair(item) is not { } pair
                || !vocabulary.TryGetValue(pair.Left, out int left)
                || !vocabulary.TryGetValue(pair.Right, out int right)
                || !vocabulary.TryGetValue(pair.Left + pair.Right, out int result))
            {
                fields.Error("model", $"The merge {item?.ToJsonString() ?? "null"} is no pair of tokens whose whole is a token too.");
                return null;
            }

            merges.Add((left, right, result));
        }

        return new MergeTable(merges);
    }

    /// <summary>A merge is written <c>"a b"</c> in older files, <c>["a", "b"]</c> in newer ones.</summary>
    private static (string Left, string Right)? Pair(JsonNode? node)
    {
        IEnumerable<string?> two = node is JsonArray pair ? pair.Select(TokenizerJson.Text) : TokenizerJson.Text(node)?.Split(' ') ?? [];
        return two.ToArray() is [{ Length: > 0 } left, { Length: > 0 } right] ? (left, right) : null;
    }
}
