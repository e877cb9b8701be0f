using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Looks at parts of a tokenizer.json, whatever they are.</summary>
internal static class TokenizerJson
{
    /// <summary>A string, or null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A token id, or null for anything else.</summary>
    public static int? Id(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int id) && id is >= 0 and < 1 << 24 ? id : null;

    /// <summary>The <c>type</c> of a part of tokenizer.json; null where it has none.</summary>
    public static string? Type(JsonNode? node) => node is JsonObject part ? Text(part["type"]) : null;

    /// <summary>True for null and absence, and for the values listed as JSON text.</summary>
    public static bool IsNullOr(JsonNode? node, params ReadOnlySpan<string> allowed) => node is null || allowed.Contains(node.ToJsonString());

    /// <summary>The parts of a <c>Sequence</c>, of sequences in it as well; a part alone is one of itself, and null none.</summary>
    public static IEnumerable<JsonNode?> Flatten(JsonNode? node, string list) => node switch
    {
        null => [],
        JsonObject part when Type(part) == "Sequence" && part[list] is JsonArray parts => parts.SelectMany(each => each is null ? [null] : Flatten(each, list)),
        _ => [node],
    };

    /// <summary>What to call a part in an error: its type where it has one.</summary>
    public static string Kind(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject when Type(node) is { } type => $"'{Quoted.Of(type)}'",
        _ => Quoted.Of(node.ToJsonString(), 80),
    };

    /// <summary>
    /// Refuses the keys of a part that are not listed, since they might change the result; null as a value says nothing. The part stands
    /// at a key of the file, or is the file itself where that is null.
    /// </summary>
    public static void RefuseOthers(JsonObject part, string? where, JsonFields fields, params ReadOnlySpan<string> known)
    {
        foreach ((string key, JsonNode? value) in part)
        {
            if (value is not null && !known.Contains(key))
            {
                fields.Error(where ?? key, $"'{Quoted.Of(key)}' is {Kind(value)}, which is not supported; null is.");
            }
        }
    }
}
