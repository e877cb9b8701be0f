namespace NaturalThoughts.Reporting.Findings;

/// <summary>
/// Several cells of which a contrast takes the one with the highest value of the finding's measure and endpoint on some replicates; it is tested on the
/// others, so that their luck is not part of the estimate. The questions are the same in both.
/// </summary>
/// <param name="Of">The cells' addresses, with their tables; two or more.</param>
/// <param name="Seeds">The replicates on which the choice is made. No cell of the finding is tested on them.</param>
public sealed record FindingChoice(IReadOnlyList<string> Of, IReadOnlyList<int> Seeds)
{
    /// <summary>What stands for the chosen cell in a contrast.</summary>
    public const string Term = "best";

    /// <summary>The cell that was chosen; null before the choice. The first one of equals.</summary>
    public string? Chosen { get; init; }
}
