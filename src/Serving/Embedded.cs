namespace NaturalThoughts.Serving;

/// <summary>The vectors of some texts, and their tokens together.</summary>
/// <param name="Vectors">[texts][width] float32.</param>
/// <param name="Tokens">Tokens of all texts.</param>
public sealed record Embedded(IReadOnlyList<float[]> Vectors, int Tokens);
