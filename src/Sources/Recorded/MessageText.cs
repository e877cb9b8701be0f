using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>
/// The text of an answer in the forms in which files have it: a text; a message with <c>content</c> and <c>reasoning_content</c> or
/// <c>reasoning</c>; a list of parts with a <c>type</c>; a list of messages with a <c>role</c>, of which the assistant's last counts.
/// </summary>
internal static class MessageText
{
    private static readonly string[] ThinkingFields = ["reasoning_content", "reasoning", "thinking"];

    /// <summary>The thought, null where it is none of its own, and the text; null where the model never came to it.</summary>
    public static (string? Thinking, string? Text) Read(JsonNode? node, RowValues values, string name)
    {
        switch (node)
        {
            case null:
                return (null, null);
            case JsonObject message:
                (string? inside, string? text) = Read(message["content"] ?? message["text"], values, name);
                string? beside = ThinkingFields.Select(field => message[field]).OfType<JsonValue>().Select(value => values.Scalar(value, name))
                    .FirstOrDefault(value => value.Trim().Length > 0);
                return (beside ?? inside, text);
            case JsonArray { Count: > 0 } list when list[0] is JsonObject first && first.ContainsKey("role"):
                return Read(list.OfType<JsonObject>().LastOrDefault(message => Role(message) == "assistant"), values, name);
            case JsonArray parts:
                return Parts(parts, values, name);
            default:
                return (null, values.Scalar(node, name));
        }
    }

    /// <summary>One text: the thought in its tags before the answer; an open tag where nothing follows the thought.</summary>
    public static string Join(string? thinking, string? text) => string.IsNullOrWhiteSpace(thinking) ? text ?? ""
        : text is null ? "<think> " + thinking.Trim()
        : ResponseFormat.System2(new Trace("", thinking, text, 0));

    /// <summary>The last message of a role, as one text; null where there is none.</summary>
    public static string? OfRole(JsonArray messages, string role, RowValues values, string name) =>
        Read(messages.OfType<JsonObject>().LastOrDefault(message => Role(message) == role), values, name).Text;

    private static string? Role(JsonObject message) =>
        message["role"] is JsonValue role && role.GetValueKind() == JsonValueKind.String ? role.GetValue<string>() : null;

    private static (string? Thinking, string? Text) Parts(JsonArray parts, RowValues values, string name)
    {
        List<string> thinking = [];
        List<string> text = [];
        foreach (JsonObject part in parts.OfType<JsonObject>())
        {
            string? type = part["type"] is JsonValue kind ? values.Scalar(kind, name) : null;
            if (type is "reasoning" or "thinking")
            {
                thinking.AddRange(new[] { part[type], part["text"] }.OfType<JsonValue>().Take(1).Select(value => values.Scalar(value, name)));
            }
            else if (part["text"] is JsonValue value)
            {
                text.Add(values.Scalar(value, name));
            }
        }

        return (thinking.Count > 0 ? string.Concat(thinking) : null, text.Count > 0 ? string.Concat(text) : null);
    }
}
