namespace NaturalThoughts.Sources.Cleaning;

/// <summary>A question that was dropped.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Reason">One of <see cref="DropReasons"/>.</param>
/// <param name="Matched">What it matched: the id of an earlier question, which may be dropped itself, or <c>BENCHMARK/ID</c>; the code of the language found;
/// null for rules that match nothing.</param>
/// <param name="Similarity">The Jaccard index or the share of n-grams, 0 to 1; null where the match is whole.</param>
public sealed record DroppedQuestion(string QuestionId, string Reason, string? Matched, double? Similarity);
