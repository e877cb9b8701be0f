using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Sources.Exporting;

/// <summary>JSON as the writers of other programs spell it: members in their order, letters as they are.</summary>
internal static class ExportJson
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };

    public static string Line(JsonNode node) => node.ToJsonString(Compact);

    public static string Lines(JsonNode node) => node.ToJsonString(Indented);

    public static string Digest(string text) => Contracts.ContentHash.Of(Encoding.UTF8.GetBytes(text)).Hex;

    public static JsonArray List(IEnumerable<JsonNode?> items) => new([.. items]);
}
