using System.Globalization;
using System.Text.Json.Nodes;
using Parquet.Data;
using Parquet.Schema;

namespace NaturalThoughts.Sources.Reading;

/// <summary>The values of a raw Parquet column as JSON: texts, numbers, truth values; dates as ISO 8601, bytes as base 64.</summary>
internal static class ParquetValues
{
    /// <summary>What gives the value at an index of those that are not null, and their number.</summary>
    public static (Func<int, JsonNode?> Value, int Count) Of(RawColumnData data, DataField field) => data switch
    {
        RawColumnData<ReadOnlyMemory<char>> texts => (i => JsonValue.Create(texts.Values[i].ToString()), texts.Values.Length),
        RawColumnData<ReadOnlyMemory<byte>> bytes => (i => JsonValue.Create(Convert.ToBase64String(bytes.Values[i].Span)), bytes.Values.Length),
        RawColumnData<bool> flags => (i => JsonValue.Create(flags.Values[i]), flags.Values.Length),
        RawColumnData<sbyte> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<byte> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<short> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<ushort> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<int> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<uint> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<long> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<ulong> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<decimal> numbers => (i => JsonValue.Create(numbers.Values[i]), numbers.Values.Length),
        RawColumnData<float> numbers => (i => Number(numbers.Values[i], numbers.Values[i].ToString("R", CultureInfo.InvariantCulture)), numbers.Values.Length),
        RawColumnData<double> numbers => (i => Number(numbers.Values[i], numbers.Values[i].ToString("R", CultureInfo.InvariantCulture)), numbers.Values.Length),
        RawColumnData<DateTime> times => (i => JsonValue.Create(times.Values[i].ToString("o", CultureInfo.InvariantCulture)), times.Values.Length),
        _ => throw new NotSupportedException($"columns of the type {field.ClrType.Name}, such as '{field.Path}', cannot be read."),
    };

    // JSON has no NaN and no infinity: they become texts.
    private static JsonValue Number(double value, string text) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(text);
}
