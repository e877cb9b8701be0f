using System.Text.Json.Nodes;

namespace NaturalThoughts.Sources.Reading;

/// <summary>One row of a file: fields in the order of the file, values as JSON has them. Cells of a CSV are texts.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Fields">The fields; empty for a damaged row.</param>
public sealed record SourceRow(RowPlace Place, JsonObject Fields)
{
    /// <summary>
    /// Why this row alone cannot be read (a line that is no JSON, bytes that are not UTF-8); null for a whole row. Quotes no text of the row.
    /// </summary>
    public string? Damage { get; init; }
}
