namespace NaturalThoughts.Records;

/// <summary>A question's vector, float32, all rows of a file of the same length.</summary>
public sealed record Embedding(string QuestionId, float[] Vector);
