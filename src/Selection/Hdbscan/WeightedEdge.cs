namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>An edge of the spanning tree; the weight is the mutual reachability distance.</summary>
internal readonly record struct WeightedEdge(int A, int B, double Weight);
