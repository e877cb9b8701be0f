namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A text that is no formula.</summary>
internal sealed class UnreadableException(string reason) : Exception(reason);
