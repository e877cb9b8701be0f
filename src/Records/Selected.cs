namespace NaturalThoughts.Records;

/// <summary>A selected question. The rows of a selection are in the order in which they were drawn.</summary>
public sealed record Selected(string QuestionId);
