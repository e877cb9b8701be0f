namespace NaturalThoughts.Selection.Hdbscan;

/// <summary>How flat clusters are taken from the condensed tree.</summary>
public enum ClusterSelectionMethod
{
    /// <summary>Excess of mass: the set of disjoint clusters with the largest sum of stabilities.</summary>
    ExcessOfMass,

    /// <summary>All clusters without child clusters: many small, homogeneous ones.</summary>
    Leaf,
}
