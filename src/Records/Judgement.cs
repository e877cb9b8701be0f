namespace NaturalThoughts.Records;

/// <summary>Whether two models gave the same answer to a question.</summary>
public sealed record Judgement(string QuestionId, bool Agree);
