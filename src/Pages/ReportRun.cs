using System.Text.Json.Nodes;

namespace NaturalThoughts.Pages;

/// <summary>A run record, as the report shows it.</summary>
/// <param name="Key">The key, hexadecimal.</param>
/// <param name="Started">When it started, in UTC.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Parameters">The resolved parameters.</param>
public sealed record ReportRun(string Key, DateTimeOffset Started, TimeSpan Duration, JsonNode? Parameters)
{
    /// <summary>Output files: name, digest, bytes.</summary>
    public required IReadOnlyList<(string Name, string Digest, long Bytes)> Outputs { get; init; }

    /// <summary>Counts of the run record, by name.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Counts { get; init; }

    /// <summary>Warnings of the stage, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The machine, and what was measured on it.</summary>
    public required JsonObject Circumstances { get; init; }
}
