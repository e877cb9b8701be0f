namespace NaturalThoughts.Reporting.Findings;

/// <summary>A cell of a contrast.</summary>
/// <param name="Cell">Its address with its table: <c>Table1/Random/1000/System2</c>, or <see cref="FindingChoice.Term"/>.</param>
/// <param name="Weight">What its value is multiplied by.</param>
public sealed record FindingTerm(string Cell, double Weight);
