namespace NaturalThoughts.Records;

/// <summary>A user turn to be answered by a student.</summary>
/// <param name="QuestionId">The question it came from.</param>
/// <param name="Text">The user's message; the chat template is applied by the student.</param>
public sealed record Prompt(string QuestionId, string Text);
