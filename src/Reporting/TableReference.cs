namespace NaturalThoughts.Reporting;

/// <summary>Figures that others published, for direction only.</summary>
/// <param name="Title">Where they come from.</param>
/// <param name="Columns">Headings of the values.</param>
/// <param name="Rows">The rows.</param>
public sealed record TableReference(string Title, IReadOnlyList<string> Columns, IReadOnlyList<TableReferenceRow> Rows);
