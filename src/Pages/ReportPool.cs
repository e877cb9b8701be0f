using NaturalThoughts.Records;

namespace NaturalThoughts.Pages;

/// <summary>What methods select from: what is known of each question of the pool, and the map of its clusters. No text of it is in the report.</summary>
/// <param name="Source">The target that brought the rows together.</param>
/// <param name="Rows">One for each question.</param>
public sealed record ReportPool(string Source, IReadOnlyList<PoolQuestion> Rows)
{
    /// <summary>The target that clustered, the vectors and their clusters; null where there are none.</summary>
    public (string Source, IReadOnlyList<Embedding> Vectors, IReadOnlyList<ClusterAssignment> Clusters)? Map { get; init; }
}
