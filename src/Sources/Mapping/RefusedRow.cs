namespace NaturalThoughts.Sources.Mapping;

/// <summary>A row that did not become a record.</summary>
/// <param name="Row">Where it stands: <c>train.jsonl:17</c>.</param>
/// <param name="Reason">A word that rows are counted by: <c>missingField</c>, <c>duplicateId</c>, ...</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record RefusedRow(string Row, string Reason, string Message);
