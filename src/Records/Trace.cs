namespace NaturalThoughts.Records;

/// <summary>A teacher's reasoning for a question, and its answer.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Thinking">The text between the think tags.</param>
/// <param name="Answer">The text after them.</param>
/// <param name="Tokens">Length of <paramref name="Thinking"/> in the teacher's tokens.</param>
public sealed record Trace(string QuestionId, string Thinking, string Answer, int Tokens)
{
    /// <summary>What the source knows of how the trace was made; for measuring annotators only.</summary>
    public SortedDictionary<string, string> Meta { get; init; } = new(StringComparer.Ordinal);
}
