namespace NaturalThoughts.Records;

/// <summary>The verdict on one answer.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Prompt">The user's message that was answered.</param>
/// <param name="Output">The text that was generated.</param>
/// <param name="Extracted">The answer found in it: an option's letter, or text; null when none was (unparsed).</param>
/// <param name="Correct">True when the extracted answer is the reference.</param>
/// <param name="Tokens">Number of generated tokens.</param>
/// <param name="Truncated">True when generation met its limit.</param>
public sealed record Grade(string QuestionId, string Prompt, string Output, string? Extracted, bool Correct, int Tokens, bool Truncated);
