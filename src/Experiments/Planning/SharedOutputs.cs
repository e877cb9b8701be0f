using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>What cells share.</summary>
/// <param name="Data">The records that students are trained on.</param>
/// <param name="Base">The folder of the base student.</param>
/// <param name="Clusters">The clusters of the questions.</param>
/// <param name="Benchmarks">A benchmark's name to its questions.</param>
/// <param name="Prompts">A mode and a benchmark's name to the prompts.</param>
internal sealed record SharedOutputs(
    DataOutputs Data,
    Output Base,
    Output Clusters,
    IReadOnlyDictionary<string, Output> Benchmarks,
    IReadOnlyDictionary<(string Mode, string Benchmark), Output> Prompts);
