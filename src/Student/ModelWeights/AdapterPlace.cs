namespace NaturalThoughts.Student.ModelWeights;

/// <summary>An adapter of a product that is of several modules.</summary>
/// <param name="Pair">The adapter.</param>
/// <param name="Row">The first row of the product's output that is of its module.</param>
/// <param name="Rank">The first of all the product's ranks that is its own.</param>
internal sealed record AdapterPlace(LoraPair Pair, int Row, int Rank);
