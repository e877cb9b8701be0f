namespace NaturalThoughts.Evaluation;

/// <summary>The named and versioned rules of grading. A change of what a rule credits is a new version with a new name.</summary>
public static class GradingProtocol
{
    /// <summary>
    /// The project's own rules, version 1: the last commitment after the thinking counts, compared with the reference after
    /// normalisation; no commitment is wrong and never guessed.
    /// </summary>
    public const string NaturalThoughts1 = "naturalthoughts-1";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [NaturalThoughts1];
}
