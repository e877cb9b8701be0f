using NaturalThoughts.Evaluation.Modes;

namespace NaturalThoughts.Reporting.Modes;

/// <summary>The answers of a row to one benchmark.</summary>
/// <param name="Cell">The row.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Replicates">[replicate, repeats one after another][question in ordinal order of ids].</param>
/// <param name="Closed">Budget to the answers with thoughts closed there, all replicates together.</param>
internal sealed record ModeResult(
    ModeCell Cell, TableBenchmark Benchmark, IReadOnlyList<IReadOnlyList<ModeAnswer>> Replicates,
    IReadOnlyList<(int Budget, IReadOnlyList<ModeAnswer> Answers)> Closed)
{
    /// <summary>The answers of all replicates.</summary>
    public IReadOnlyList<ModeAnswer> Answers { get; } = [.. Replicates.SelectMany(answers => answers)];
}
