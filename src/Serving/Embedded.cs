namespace NaturalThoughts.Serving;

/// <summary>Vectors of texts.</summary>
/// <param name="Vectors">[texts][width] float32.</param>
/// <param name="Tokens">Tokens of all texts.</param>
public sealed record Embedded(IReadOnlyList<float[]> Vectors, int Tokens);
