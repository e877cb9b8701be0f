using NaturalThoughts.Records;

namespace NaturalThoughts.Sources.Exporting;

/// <summary>One graded answer of a run that is written for other programs.</summary>
/// <param name="Question">The question as it was asked.</param>
/// <param name="Repeat">Which answer to it this is, from 1.</param>
/// <param name="Grade">The answer and its verdict.</param>
public sealed record ExportedAnswer(Question Question, int Repeat, Grade Grade);
