using System.Globalization;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>YAML as JSON, for values that are passed on as they are: plain numbers, <c>true</c>, <c>false</c> and nothing are no texts.</summary>
internal static class YamlJson
{
    /// <summary>The value; null for nothing.</summary>
    public static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Of(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Of)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { IsPlain: true, Value: "true" or "false" } truth => truth.Value == "true",
        YamlScalar { IsPlain: true } scalar when ScalarText.IsInteger(scalar.Value)
            && long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
        YamlScalar { IsPlain: true } scalar when ScalarText.TryNumber(scalar.Value, out double number) => number,
        YamlScalar text => text.Value,
        _ => throw new InvalidOperationException($"{node.GetType().Name} is no value."),
    };
}
