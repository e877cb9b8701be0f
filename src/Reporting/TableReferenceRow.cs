namespace NaturalThoughts.Reporting;

/// <summary>A row of published figures, printed as written; null where none was published.</summary>
public sealed record TableReferenceRow(string Row, IReadOnlyList<string?> Values);
