using NaturalThoughts.Records;

namespace NaturalThoughts.Pages;

/// <summary>One answer to each question of a benchmark, with the verdicts of its protocols.</summary>
/// <param name="Seed">The replicate's seed.</param>
/// <param name="Repeat">Which answer to the question, from 1.</param>
/// <param name="Questions">The questions as they were asked.</param>
/// <param name="Grades">The protocols' names (the table's first), the targets that graded, and the grades of the same answers.</param>
public sealed record ReportAnswerSet(
    int Seed, int Repeat, IReadOnlyList<Question> Questions, IReadOnlyList<(string Protocol, string Target, IReadOnlyList<Grade> Grades)> Grades);
