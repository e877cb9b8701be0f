using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>What cells share.</summary>
/// <param name="Data">The records that students are trained on.</param>
/// <param name="Base">The folder of the base student.</param>
/// <param name="Clusters">The clusters of the questions.</param>
/// <param name="Benchmarks">Questions and prompts of the benchmarks.</param>
internal sealed record SharedOutputs(DataOutputs Data, Output Base, Output Clusters, BenchmarkTargets Benchmarks);
