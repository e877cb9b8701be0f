using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>An answer with its question and verdict.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Question">The question as it was asked.</param>
/// <param name="Grade">The answer and its verdict.</param>
public sealed record DiagnosedAnswer(string Benchmark, Question Question, Grade Grade);
