using System.Text.Json;

namespace NaturalThoughts.Teaching.Reading;

/// <summary>A JSON object in a reply, with or without words and fences around it.</summary>
public static class JsonReply
{
    /// <summary>Reads the object from the first brace to the last one.</summary>
    /// <exception cref="FormatException">There is none, or it is not as <paramref name="read"/> needs it; the message tells the model what is
    /// wrong.</exception>
    public static T Read<T>(string text, Func<JsonElement, T> read)
    {
        int start = text.IndexOf('{', StringComparison.Ordinal);
        int end = text.LastIndexOf('}');
        if (start < 0 || end < start)
        {
            throw new FormatException("it holds no JSON object");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text[start..(end + 1)]);
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            throw new FormatException("its JSON object cannot be parsed");
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("its JSON object has a text that is not valid Unicode");
        }
    }

    /// <summary>A text that must be there.</summary>
    public static string Text(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.String, "a text").GetString()!;

    /// <summary>A whole number within bounds.</summary>
    public static int Integer(JsonElement parent, string name, int least, int most) =>
        Member(parent, name, JsonValueKind.Number, "a number").TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{name}' must be a whole number from {least} to {most}");

    /// <summary>A member that must be true or false.</summary>
    public static bool Truth(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw new FormatException($"'{name}' must be true or false");

    /// <summary>A list of texts, which may be empty.</summary>
    public static IReadOnlyList<string> Texts(JsonElement parent, string name)
    {
        JsonElement list = Member(parent, name, JsonValueKind.Array, "a list of texts");
        return list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : throw new FormatException($"'{name}' must be a list of texts");
    }

    private static JsonElement Member(JsonElement parent, string name, JsonValueKind kind, string what) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : throw new FormatException($"'{name}' must be {what}");
}
