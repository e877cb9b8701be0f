namespace NaturalThoughts.Evaluation.ProtocolSpread;

/// <summary>An answer that protocols credit differently, or that one of them cannot read or decide. Ids and digests only: no text of a benchmark.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="AnswerDigest">SHA-256 of the output, in hexadecimal digits.</param>
/// <param name="Verdicts">By protocol: <c>right</c>, <c>wrong</c>, <c>unparsed</c>, <c>guessed</c> or <c>undecided</c>.</param>
public sealed record ProtocolDisagreement(string QuestionId, string AnswerDigest, SortedDictionary<string, string> Verdicts);
