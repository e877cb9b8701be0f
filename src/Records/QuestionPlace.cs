namespace NaturalThoughts.Records;

/// <summary>A question's place in an order.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Place">From 0; no two questions share one.</param>
public sealed record QuestionPlace(string QuestionId, int Place);
