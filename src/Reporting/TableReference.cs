using System.Text.Json.Serialization;

namespace NaturalThoughts.Reporting;

/// <summary>Figures that others published, for direction only.</summary>
/// <param name="Title">Where they come from.</param>
/// <param name="Columns">Headings of the values.</param>
/// <param name="Rows">The rows.</param>
public sealed record TableReference(string Title, IReadOnlyList<string> Columns, IReadOnlyList<TableReferenceRow> Rows)
{
    /// <summary>What <see cref="Of"/> has behind a benchmark's name where a column holds tokens per answer.</summary>
    public const string TokensSuffix = "/tokens";

    /// <summary>
    /// What our table has for each column: a benchmark for accuracies in percent, <c>benchmark/tokens</c> for tokens per answer, null for nothing. Null
    /// where nothing is set beside the figures.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string?>? Of { get; init; }
}
