using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Traces;

namespace NaturalThoughts.Checkpoints;

/// <summary>Reads tokenizer.json; a part that is not understood is refused by name, never approximated.</summary>
internal static class TokenizerReader
{
    public static Tokenizer Read(JsonObject json, string location)
    {
        JsonFields fields = new(json, location);
        foreach ((string key, JsonNode? value) in json)
        {
            if (value is not null && key is not ("version" or "added_tokens" or "pre_tokenizer" or "model" or "decoder"))
            {
                fields.Error(key, $"The {key} {Kind(value)} is not supported; null is.");
            }
        }

        ReadPreTokenizer(json["pre_tokenizer"], fields);
        if (Kind(json["decoder"]) != "'Fuse'")
        {
            fields.Error("decoder", $"The decoder {Kind(json["decoder"])} is not supported; 'Fuse' is.");
        }

        (Dictionary<string, int> vocabulary, string unknown) = ReadModel(json["model"] as JsonObject ?? [], fields);
        List<AddedToken> added = ReadAdded(json["added_tokens"], vocabulary, fields);
        fields.ThrowIfAny();
        return new Tokenizer(vocabulary, unknown, added);
    }

    private static void ReadPreTokenizer(JsonNode? node, JsonFields fields)
    {
        JsonObject split = node as JsonObject ?? [];
        if (Text(split["type"]) != "Split")
        {
            fields.Error("pre_tokenizer", $"The pre_tokenizer {Kind(node)} is not supported; 'Split' is.");
            return;
        }

        if (Text((split["pattern"] as JsonObject)?["Regex"]) != WordSplitter.Pattern)
        {
            fields.Error("pre_tokenizer", $"The pattern {split["pattern"]?.ToJsonString()} is not supported; {{\"Regex\": \"{WordSplitter.Pattern}\"}} is.");
        }

        if (Text(split["behavior"]) != "Isolated" || split["invert"]?.ToJsonString() is not (null or "false"))
        {
            fields.Error("pre_tokenizer", "Only the behavior 'Isolated' without 'invert' is supported.");
        }
    }

    private static (Dictionary<string, int> Vocabulary, string Unknown) ReadModel(JsonObject model, JsonFields fields)
    {
        Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);
        if (Text(model["type"]) != "WordLevel")
        {
            fields.Error("model", $"The model {Kind(model)} is not supported; 'WordLevel' is.");
            return (vocabulary, "");
        }

        HashSet<int> taken = [];
        foreach ((string token, JsonNode? id) in model["vocab"] as JsonObject ?? [])
        {
            if (Id(id) is not { } number || !taken.Add(number))
            {
                fields.Error("model", $"The id {id?.ToJsonString() ?? "null"} of token '{token}' is no free number of at least 0.");
                continue;
            }

            vocabulary[token] = number;
        }

        string unknown = Text(model["unk_token"]) ?? "";
        if (!vocabulary.ContainsKey(unknown))
        {
            fields.Error("model", $"The unk_token '{unknown}' is not in the vocabulary.");
        }

        return (vocabulary, unknown);
    }

    private static List<AddedToken> ReadAdded(JsonNode? node, Dictionary<string, int> vocabulary, JsonFields fields)
    {
        List<AddedToken> added = [];
        Dictionary<int, string> contents = vocabulary.ToDictionary(pair => pair.Value, pair => pair.Key);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonNode? item in node as JsonArray ?? [])
        {
            JsonObject token = item as JsonObject ?? [];
            string content = Text(token["content"]) ?? "";
            if (content.Length == 0 || Id(token["id"]) is not { } id || !seen.Add(content))
            {
                fields.Error("added_tokens", $"{item?.ToJsonString() ?? "null"} is no added token: a content of its own and an id are needed.");
                continue;
            }

            bool other = vocabulary.TryGetValue(content, out int model) && model != id;
            if (other || (contents.TryGetValue(id, out string? holder) && holder != content))
            {
                fields.Error("added_tokens", $"The token '{content}' and the id {id} do not belong together in the vocabulary.");
                continue;
            }

            foreach (string flag in new[] { "single_word", "lstrip", "rstrip" })
            {
                if (token[flag]?.ToJsonString() is not (null or "false"))
                {
                    fields.Error("added_tokens", $"'{flag}' of the token '{content}' is not supported; false is.");
                }
            }

            contents[id] = content;
            added.Add(new AddedToken(id, content, token["special"]?.ToJsonString() == "true"));
        }

        return added;
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int? Id(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out int id) && id is >= 0 and < 1 << 24 ? id : null;

    private static string Kind(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject part when Text(part["type"]) is { } type => $"'{type}'",
        _ => node.ToJsonString() is { Length: > 60 } text ? text[..60] + "..." : node.ToJsonString(),
    };
}
