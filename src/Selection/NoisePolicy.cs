namespace NaturalThoughts.Selection;

/// <summary>What <see cref="SelectionMethod.SemanticEmbeddings"/> does with the questions that are in no cluster.</summary>
public static class NoisePolicy
{
    /// <summary>They are no candidates (the default of the profiles).</summary>
    public const string Exclude = "exclude";

    /// <summary>All of them together are one more cluster with a cluster's share.</summary>
    public const string Cluster = "cluster";
}
