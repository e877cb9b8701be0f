using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Makes a row of the bytes of one JSON object.</summary>
internal static class JsonRow
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static SourceRow Read(RowPlace place, ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return Damaged(place, "The bytes are not UTF-8.");
        }

        try
        {
            return Parse(place, bytes);
        }
        catch (JsonException error)
        {
            return PythonConstants.Replace(bytes) is { } replaced ? ReadReplaced(place, replaced) : Damaged(place, Words(error));
        }
    }

    private static SourceRow Parse(RowPlace place, ReadOnlySpan<byte> bytes) => JsonNode.Parse(bytes, documentOptions: Strict) is JsonObject fields
        ? new SourceRow(place, fields)
        : Damaged(place, "The row is not a JSON object.");

    private static SourceRow ReadReplaced(RowPlace place, byte[] bytes)
    {
        try
        {
            return Parse(place, bytes);
        }
        catch (JsonException error)
        {
            return Damaged(place, Words(error));
        }
    }

    /// <summary>What is wrong and at which byte. The parser's own message would quote the row.</summary>
    public static string Words(JsonException error) => error.BytePositionInLine is { } at
        ? FormattableString.Invariant($"The JSON is wrong or cut off at byte {at + 1} of its line {(error.LineNumber ?? 0) + 1}, or a key appears twice.")
        : "The JSON is wrong or cut off, or a key appears twice.";

    public static SourceRow Damaged(RowPlace place, string damage) => new(place, []) { Damage = damage };
}
