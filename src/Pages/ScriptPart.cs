using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace NaturalThoughts.Pages;

/// <summary>
/// A part of the report's data as a script: <c>NT.add("name", {...});</c>. Browsers refuse to read a local file from a page that is itself one,
/// but run a script of it. Everything is JSON in which <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and quotes are escaped, and half a surrogate pair is U+FFFD.
/// </summary>
internal static class ScriptPart
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The text of the script.</summary>
    /// <param name="name">The name under which the page asks for it.</param>
    /// <param name="data">What it holds.</param>
    public static string Write(string name, JsonNode data) =>
        new StringBuilder("NT.add(").Append(JsonSerializer.Serialize(name, Options)).Append(", ").Append(data.ToJsonString(Options)).Append(");\n").ToString();

    /// <summary>
    /// The text of the script with its data packed: <c>NT.addPacked("name", "...");</c>, gzip in base64. For what is large and in no digest: other
    /// versions of the runtime may pack to other bytes.
    /// </summary>
    /// <param name="name">The name under which the page asks for it.</param>
    /// <param name="data">What it holds.</param>
    public static string WritePacked(string name, JsonNode data)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            JsonSerializer.Serialize(zip, data, Options);
        }

        return $"NT.addPacked({JsonSerializer.Serialize(name, Options)}, \"{Convert.ToBase64String(packed.ToArray())}\");\n";
    }

    /// <summary>An array of texts; null stays null.</summary>
    public static JsonArray Texts(IEnumerable<string?> texts) => new([.. texts.Select(text => text is null ? null : (JsonNode)text)]);

    /// <summary>An object of the given members, in their order.</summary>
    public static JsonObject Map<T>(IEnumerable<T> items, Func<T, string> key, Func<T, JsonNode?> value) =>
        new(items.Select(item => KeyValuePair.Create(key(item), value(item))));
}
