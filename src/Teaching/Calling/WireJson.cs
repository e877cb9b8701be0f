using System.Text;
using System.Text.Json;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>Members of a JSON object that a server sent: missing and null are the same, another type is a fault.</summary>
internal static class WireJson
{
    /// <summary>A member of that kind; null where it is missing or null.</summary>
    public static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind) =>
        !parent.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == kind ? value
            : throw Wrong(name);

    /// <summary>A text; null where it is missing or null.</summary>
    public static string? Text(JsonElement parent, string name)
    {
        if (Member(parent, name, JsonValueKind.String) is not { } value)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name); // half a surrogate pair, or bytes that are no UTF-8
        }
    }

    /// <summary>A whole number; null where it is missing, null, or something else.</summary>
    public static int? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;

    /// <summary>The content of a message: a text, or the texts of its parts.</summary>
    public static string? Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out JsonElement content) || content.ValueKind != JsonValueKind.Array)
        {
            return Text(message, "content");
        }

        StringBuilder text = new();
        foreach (JsonElement part in content.EnumerateArray())
        {
            text.Append(part.ValueKind == JsonValueKind.Object ? Text(part, "text") : throw Wrong("content"));
        }

        return text.ToString();
    }

    private static CallFaultException Wrong(string name) => new(CallFaultKind.InvalidReply, $"The reply cannot be read: its member '{name}' has a wrong type.");
}
