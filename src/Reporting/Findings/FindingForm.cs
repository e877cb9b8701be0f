namespace NaturalThoughts.Reporting.Findings;

/// <summary>What is made of a finding's cells.</summary>
public static class FindingForm
{
    /// <summary>The cells' values times their weights, added up.</summary>
    public const string Difference = "difference";

    /// <summary>The first cell (weight 1) over the second (weight -1), after <see cref="RatioTest"/>.</summary>
    public const string Ratio = "ratio";

    /// <summary>
    /// The height of the first cell (weight 1) above the line through the two others (weight -1 each) at the first one's tokens: <see cref="ChordContrast"/>.
    /// </summary>
    public const string Chord = "chord";

    /// <summary>All forms, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Chord, Difference, Ratio];
}
