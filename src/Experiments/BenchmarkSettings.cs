using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments;

/// <summary>A held-out benchmark.</summary>
/// <param name="Name">Its name, a column of the tables.</param>
/// <param name="Count">Number of questions.</param>
/// <param name="Options">Options of a question; 0 for free answers.</param>
/// <param name="Source">Where its questions come from.</param>
public sealed record BenchmarkSettings(string Name, int Count, int Options, RecordSource Source);
