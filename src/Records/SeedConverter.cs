using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NaturalThoughts.Records;

/// <summary>Reads a seed that is written as a text or as an integer; 7 and "7" are the same seed.</summary>
public sealed class SeedConverter : JsonConverter<string>
{
    /// <inheritdoc />
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number when reader.TryGetInt64(out long number) => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException("A seed is a text or an integer."),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
