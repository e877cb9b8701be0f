using NaturalThoughts.Records;

namespace NaturalThoughts.Pages;

/// <summary>The answers of a cell to a benchmark.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cell">The cell's address below it.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Sets">One for each seed and repeat, in their order.</param>
public sealed record ReportAnswers(string Table, string Cell, string Benchmark, IReadOnlyList<ReportAnswerSet> Sets)
{
    /// <summary>True where no text of questions or answers may leave the store: the report then holds ids, verdicts and lengths.</summary>
    public bool IsConfidential { get; init; }
}
