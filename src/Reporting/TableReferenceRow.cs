using System.Text.Json.Serialization;

namespace NaturalThoughts.Reporting;

/// <summary>A row of published figures, printed as written; null where none was published.</summary>
/// <param name="Row">What it is called.</param>
/// <param name="Values">The figures, in the order of the columns.</param>
public sealed record TableReferenceRow(string Row, IReadOnlyList<string?> Values)
{
    /// <summary>The address of our cell of the same training; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cell { get; init; }
}
