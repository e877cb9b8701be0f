namespace NaturalThoughts.Reporting.Findings;

/// <summary>A benchmark of an endpoint.</summary>
/// <param name="Benchmark">Its name.</param>
/// <param name="Weight">What its mean is multiplied by; the weights of a mean add up to 1.</param>
public sealed record FindingStratum(string Benchmark, double Weight);
