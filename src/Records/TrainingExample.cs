namespace NaturalThoughts.Records;

/// <summary>One supervised turn. The loss is on the response alone.</summary>
/// <param name="QuestionId">The question it came from.</param>
/// <param name="Prompt">The user's message; the chat template is applied by the student.</param>
/// <param name="Response">The assistant's message, to be learned to its end.</param>
/// <param name="Mode"><c>System2</c> (trace and answer) or <c>System1</c> (answer alone).</param>
public sealed record TrainingExample(string QuestionId, string Prompt, string Response, string Mode);
