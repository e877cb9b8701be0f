namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>One cluster of the condensed tree. Lambda is the reciprocal of a height, infinite at height 0.</summary>
/// <param name="Parent">Index of the parent in <see cref="CondensedTree.Clusters"/>, -1 for the root.</param>
/// <param name="BirthHeight">Height of the node where it split off its parent; infinite for the root.</param>
/// <param name="BirthLambda">Reciprocal of <paramref name="BirthHeight"/>; 0 for the root.</param>
/// <param name="Size">Points at birth.</param>
/// <param name="MaxLambda">Largest lambda on its own levels (points leaving and clusters born); 0 without any level.</param>
/// <param name="Stability">Sum over its levels of (lambda - birth lambda) times the points leaving or going into new clusters; may be infinite.</param>
public sealed record CondensedCluster(int Parent, double BirthHeight, double BirthLambda, int Size, double MaxLambda, double Stability);
