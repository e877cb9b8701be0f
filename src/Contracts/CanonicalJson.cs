using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Contracts;

/// <summary>JSON with one spelling: keys sorted ordinally, no blanks, numbers as written. Keys and locks are hashes of it.</summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>A node as canonical JSON on one line.</summary>
    public static string Write(JsonNode? node) => System.Text.Encoding.UTF8.GetString(Bytes(node, Compact));

    /// <summary>The form for people: two blanks of indent, a line feed after each line and at the end.</summary>
    public static string WriteIndented(JsonNode? node) => System.Text.Encoding.UTF8.GetString(Bytes(node, Indented)) + "\n";

    /// <summary>The SHA-256 digest of the one-line form.</summary>
    public static ContentHash Hash(JsonNode? node) => ContentHash.Of(Bytes(node, Compact));

    private static byte[] Bytes(JsonNode? node, JsonWriterOptions options)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, options))
        {
            Write(writer, node);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                writer.WriteStartObject();
                foreach ((string key, JsonNode? value) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (JsonNode? item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
