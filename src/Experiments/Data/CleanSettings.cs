using System.Text.Json.Nodes;

namespace NaturalThoughts.Experiments.Data;

/// <summary>How the questions of the pool are cleaned before anything is made of them.</summary>
/// <param name="Parameters">The parameters of <c>clean</c>.</param>
/// <param name="Benchmarks">The benchmarks that the pool may not ask.</param>
public sealed record CleanSettings(JsonObject Parameters, IReadOnlyList<BenchmarkSettings> Benchmarks);
