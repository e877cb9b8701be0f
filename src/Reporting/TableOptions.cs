using System.Text.Json.Serialization;
using NaturalThoughts.Reporting.Modes;

namespace NaturalThoughts.Reporting;

/// <summary>Parameters of the <c>table</c> stage.</summary>
public record TableOptions
{
    /// <summary>Name of the table, the first part of every address, such as <c>Table1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The profile it was made under.</summary>
    public required string Profile { get; init; }

    /// <summary>The heading of the table's page.</summary>
    public required string Title { get; init; }

    /// <summary>The method that every other is compared with at the same size and mix, unless the cell names another baseline.</summary>
    public string Baseline { get; init; } = "Random";

    /// <summary>The lock's class: <c>exact</c>, <c>pinned</c> or <c>statistical</c>.</summary>
    public string Class { get; init; } = "pinned";

    /// <summary>Digest of the numerics probe under which the answers were made; null where nothing was computed on tensors.</summary>
    public string? Probe { get; init; }

    /// <summary>The benchmarks, in the order of the columns.</summary>
    public required IReadOnlyList<TableBenchmark> Benchmarks { get; init; }

    /// <summary>The cells, in the order of the rows.</summary>
    public required IReadOnlyList<TableCell> Cells { get; init; }

    /// <summary>
    /// What to print per row beside the accuracies: any of <c>difference</c>, <c>tokens</c>, <c>unparsed</c>, <c>truncated</c>, <c>protocols</c>.
    /// </summary>
    public IReadOnlyList<string> Columns { get; init; } = TableColumns.Usual;

    /// <summary>Names the primary family: the comparisons of a column that are corrected together; null for a table that names none.</summary>
    public string? Family { get; init; }

    /// <summary>
    /// True where the primary family is that of the methods over all sizes, in a section of its own; the comparisons by size are a second one then.
    /// Null for a table that names no family.
    /// </summary>
    public bool? FamilyOverSizes { get; init; }

    /// <summary>What is compared between modes of thinking; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModeOptions? Modes { get; init; }

    /// <summary>The paper's own figures, printed as a second table; null for none.</summary>
    public TableReference? Paper { get; init; }

    /// <summary>Sentences under the caption, such as a description of the world.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
