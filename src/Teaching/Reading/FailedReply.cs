namespace NaturalThoughts.Teaching.Reading;

/// <summary>A question that a stage gives no record for: the row of a failures file.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Reason">A <see cref="ReplyFailureKind"/>, or why a call got no answer.</param>
/// <param name="Detail">What was seen; null for nothing more.</param>
/// <param name="Thinking">The thinking, as far as it came; null for none.</param>
/// <param name="Answer">The rest of the reply; null for none.</param>
/// <param name="Tokens">Tokens of the reply; 0 where there is none, or the server does not say.</param>
public sealed record FailedReply(string QuestionId, string Reason, string? Detail, string? Thinking, string? Answer, int Tokens)
{
    /// <summary>The name of that file, the same for every stage.</summary>
    public const string File = "failures.jsonl";
}
