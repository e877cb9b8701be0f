namespace NaturalThoughts.Reporting.Findings;

/// <summary>What of a cell's answers a finding is about.</summary>
public static class FindingMeasure
{
    /// <summary>Share of right answers, in percent.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Tokens of an answer.</summary>
    public const string Tokens = "tokens";

    /// <summary>Share of answers that reason, by what they say and not by their tags, in percent.</summary>
    public const string Reasons = "reasons";

    /// <summary>All measures, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Accuracy, Reasons, Tokens];

    /// <summary>What a value of a question is multiplied by.</summary>
    internal static double Scale(string measure) => measure == Tokens ? 1 : 100;

    /// <summary>The unit of a weighted sum.</summary>
    internal static string Unit(string measure) => measure == Tokens ? "tokens" : "points";
}
