using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Tests.Templates;

/// <summary>A context of a template from JSON.</summary>
internal static class TemplateValues
{
    public static Dictionary<string, object?> Context(JsonNode json) =>
        json.AsObject().ToDictionary(entry => entry.Key, entry => Of(entry.Value), StringComparer.Ordinal);

    private static object? Of(JsonNode? node)
    {
        switch (node?.GetValueKind() ?? JsonValueKind.Null)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.True or JsonValueKind.False:
                return node!.GetValue<bool>();
            case JsonValueKind.String:
                return node!.GetValue<string>();
            case JsonValueKind.Number:
                return node!.AsValue().TryGetValue(out long whole) ? (object)whole : node.GetValue<double>();
            case JsonValueKind.Array:
                return new ListValue([.. node!.AsArray().Select(Of)]);
            default:
                MapValue map = new();
                foreach ((string key, JsonNode? value) in node!.AsObject())
                {
                    map.Set(new Rendering("test", new Dictionary<string, object?>()), key, Of(value));
                }

                return map;
        }
    }
}
