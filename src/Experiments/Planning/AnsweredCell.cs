using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>Answers of a cell to a benchmark, before they are graded.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Questions">The questions that are answered.</param>
/// <param name="Answers">The answers.</param>
internal sealed record AnsweredCell(CellSettings Cell, int Seed, BenchmarkSettings Benchmark, Output Questions, Output Answers);
