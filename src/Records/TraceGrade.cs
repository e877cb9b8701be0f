namespace NaturalThoughts.Records;

/// <summary>Whether a trace's answer is the reference.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Correct">True where the rules find both the same; false where they differ, where no answer is found, and where the rules cannot decide.</param>
public sealed record TraceGrade(string QuestionId, bool Correct);
