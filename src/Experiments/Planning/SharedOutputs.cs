using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>Outputs that all cells read: data, base student, inputs of the selections, benchmarks.</summary>
/// <param name="Data">The records that students are trained on.</param>
/// <param name="Base">The folder of the base student.</param>
/// <param name="Selecting">What selections read.</param>
/// <param name="Benchmarks">Questions and prompts of the benchmarks.</param>
internal sealed record SharedOutputs(DataOutputs Data, Output Base, SelectionInputs Selecting, BenchmarkTargets Benchmarks);
