using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments;

/// <summary>A benchmark's own prompt.</summary>
/// <param name="Stage">The stage that writes the prompts.</param>
/// <param name="Parameters">Its parameters, the template among them.</param>
/// <param name="Examples">Where worked examples come from; null for none.</param>
public sealed record BenchmarkPrompt(string Stage, JsonObject Parameters, RecordSource? Examples);
