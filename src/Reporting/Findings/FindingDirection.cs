namespace NaturalThoughts.Reporting.Findings;

/// <summary>What a finding claims of its estimate.</summary>
public static class FindingDirection
{
    /// <summary>Above the reference, by at least the smallest effect of interest.</summary>
    public const string Greater = "greater";

    /// <summary>Below the reference, by at least the smallest effect of interest.</summary>
    public const string Less = "less";

    /// <summary>Within the margin of the reference.</summary>
    public const string Equivalent = "equivalent";

    /// <summary>Not below the reference by more than the margin.</summary>
    public const string NonInferior = "non-inferior";

    /// <summary>Other than the reference, by at least the smallest effect of interest, to either side.</summary>
    public const string TwoSided = "two-sided";

    /// <summary>All directions, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Equivalent, Greater, Less, NonInferior, TwoSided];
}
