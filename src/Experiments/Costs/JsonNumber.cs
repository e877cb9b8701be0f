using System.Globalization;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Experiments.Costs;

/// <summary>A number of a plan's JSON, whichever type it was made of.</summary>
internal static class JsonNumber
{
    /// <summary>The number; null for anything else.</summary>
    public static double? Of(JsonNode? node) =>
        double.TryParse(node?.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
