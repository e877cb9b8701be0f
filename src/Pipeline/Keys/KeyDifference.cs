using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Keys;

/// <summary>One place where two key documents differ.</summary>
/// <param name="Path">Such as <c>parameters.training.learningRate</c>.</param>
/// <param name="Old">The old value as JSON, digests shortened; null where there was none.</param>
/// <param name="New">The new value; null where there is none.</param>
public sealed record KeyDifference(string Path, string? Old, string? New)
{
    private static readonly string[] Parts = ["keyFormat", "stage", "code", "numerics", "parameters", "inputs"];

    /// <summary>What is behind a digest, such as <c>type Grader changed</c>; null where old and new say all.</summary>
    public string? Note { get; init; }

    /// <summary>All differences of two documents: format, stage, code, numerics, parameters, inputs, each in ordinal order of its paths.</summary>
    public static IReadOnlyList<KeyDifference> Between(JsonObject old, JsonObject current)
    {
        List<KeyDifference> differences = [];
        foreach (string part in Parts)
        {
            Compare(part, old[part], current[part], differences);
        }

        return differences;
    }

    /// <inheritdoc />
    public override string ToString() => Note is null ? $"{Path}: {Old ?? "(none)"} -> {New ?? "(none)"}" : $"{Path}: {Note}";

    private static void Compare(string path, JsonNode? old, JsonNode? current, List<KeyDifference> differences)
    {
        if (old is JsonObject a && current is JsonObject b)
        {
            foreach (string name in a.Select(p => p.Key).Union(b.Select(p => p.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                Compare(path + "." + name, a[name], b[name], differences);
            }
        }
        else if (old is JsonArray x && current is JsonArray y)
        {
            for (int i = 0; i < Math.Max(x.Count, y.Count); i++)
            {
                Compare(path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]", i < x.Count ? x[i] : null, i < y.Count ? y[i] : null, differences);
            }
        }
        else if (CanonicalJson.Write(old) != CanonicalJson.Write(current))
        {
            differences.Add(new KeyDifference(path, Text(old), Text(current)));
        }
    }

    private static string? Text(JsonNode? node) =>
        node is null ? null
        : node is JsonValue value && value.TryGetValue(out string? text) && ContentHash.TryParse(text, out ContentHash hash) ? hash.Short
        : CanonicalJson.Write(node);
}
