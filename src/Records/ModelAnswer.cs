namespace NaturalThoughts.Records;

/// <summary>What a model wrote for a prompt.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Prompt">The user's message that was answered.</param>
/// <param name="Output">The text that was generated, thinking included, the end marker excluded.</param>
/// <param name="Tokens">Number of generated tokens, the end marker included.</param>
/// <param name="Truncated">True when the limit of new tokens was met before the end marker.</param>
public sealed record ModelAnswer(string QuestionId, string Prompt, string Output, int Tokens, bool Truncated);
