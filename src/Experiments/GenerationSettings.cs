namespace NaturalThoughts.Experiments;

/// <summary>How answers are sampled.</summary>
/// <param name="Temperature">0 takes the likeliest token (paper: 0.6).</param>
/// <param name="TopP">Probability mass that is sampled from, in (0, 1] (paper: 0.95).</param>
/// <param name="MaxNewTokens">Most tokens of an answer.</param>
/// <param name="Batch">Prompts at once; never changes an answer.</param>
/// <param name="Precision">One of <see cref="Student.ModelWeights.Precision.OfInference"/>; null for float32.</param>
public sealed record GenerationSettings(double Temperature, double TopP, int MaxNewTokens, int Batch, string? Precision);
