using System.Globalization;
using System.Text.Json;

namespace NaturalThoughts.Statistics.Tests;

/// <summary>Reads the golden cases and compares what was computed with what they expect, member by member.</summary>
internal static class Golden
{
    public static IEnumerable<JsonElement> Cases(string topic)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", topic + ".json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => item.Clone())];
    }

    /// <summary>The differences between the expected members of a case and the computed ones; a member that was not computed is one.</summary>
    public static IEnumerable<string> Differences(JsonElement item, Func<string, JsonElement, object?> compute)
    {
        double relative = item.GetProperty("relative_tolerance").GetDouble(), absolute = item.GetProperty("absolute_tolerance").GetDouble();
        foreach (JsonProperty member in item.GetProperty("expected").EnumerateObject())
        {
            object? actual = compute(member.Name, item);
            foreach (string difference in Compare(member.Value, actual, relative, absolute))
            {
                yield return $"{item.GetProperty("id").GetString()} ({item.GetProperty("name").GetString()}) {member.Name}: {difference}";
            }
        }
    }

    /// <summary>An input of a case, or a member of an object inside of one.</summary>
    public static JsonElement Input(this JsonElement item, string name) =>
        (item.TryGetProperty("inputs", out JsonElement inputs) ? inputs : item).GetProperty(name);

    public static double[] Numbers(this JsonElement inputs, string name) => [.. inputs.Input(name).EnumerateArray().Select(Number)];

    public static int[] Integers(this JsonElement inputs, string name) => [.. inputs.Input(name).EnumerateArray().Select(value => value.GetInt32())];

    public static double Number(this JsonElement inputs, string name) => Number(inputs.Input(name));

    public static int Integer(this JsonElement inputs, string name) => (int)Number(inputs.Input(name));

    public static bool Has(this JsonElement inputs, string name) => inputs.GetProperty("inputs").TryGetProperty(name, out _);

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetDouble();

    private static IEnumerable<string> Compare(JsonElement expected, object? actual, double relative, double absolute)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Array:
                object?[] items = actual is System.Collections.IEnumerable list and not string ? [.. list.Cast<object?>()] : [];
                JsonElement[] wanted = [.. expected.EnumerateArray()];
                return items.Length != wanted.Length
                    ? [$"expected {wanted.Length} values, got {items.Length}"]
                    : wanted.Zip(items).SelectMany(pair => Compare(pair.First, pair.Second, relative, absolute));
            case JsonValueKind.Object:
                return expected.EnumerateObject().SelectMany(member =>
                    Compare(member.Value, (actual as Dictionary<string, object?>)?.GetValueOrDefault(member.Name), relative, absolute));
            case JsonValueKind.True or JsonValueKind.False:
                return Equals(actual, expected.GetBoolean()) ? [] : [$"expected {expected}, got {actual ?? "nothing"}"];
            case JsonValueKind.String when actual is string text:
                return text == expected.GetString() ? [] : [$"expected {expected}, got {text}"];
            default:
                return actual is IConvertible number && Agrees(Number(expected), number.ToDouble(CultureInfo.InvariantCulture), relative, absolute)
                    ? []
                    : [string.Create(CultureInfo.InvariantCulture, $"expected {expected}, got {actual ?? "nothing"}")];
        }
    }

    private static bool Agrees(double expected, double actual, double relative, double absolute) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= Math.Max(absolute, relative * Math.Max(Math.Abs(expected), Math.Abs(actual)));
}
