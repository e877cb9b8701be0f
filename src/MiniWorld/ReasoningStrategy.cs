namespace NaturalThoughts.MiniWorld;

/// <summary>The names of the strategies that the teacher uses and the annotator looks for.</summary>
public static class ReasoningStrategy
{
    /// <summary>Says again what is given or asked.</summary>
    public const string Restating = "restating";

    /// <summary>Splits the work into parts beforehand.</summary>
    public const string Decomposition = "decomposition";

    /// <summary>Names what is to be found next.</summary>
    public const string SubGoals = "sub-goals";

    /// <summary>Checks a result by the reverse fact.</summary>
    public const string SelfVerification = "self-verification";

    /// <summary>Takes a wrong turn and goes back.</summary>
    public const string Backtracking = "backtracking";

    /// <summary>Reaches a result another way as well.</summary>
    public const string Exploration = "exploration";

    /// <summary>Says beforehand about how large the result is.</summary>
    public const string Estimation = "estimation";

    /// <summary>Tells apart the cases of a condition.</summary>
    public const string CaseAnalysis = "case-analysis";

    /// <summary>All names in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Backtracking, CaseAnalysis, Decomposition, Estimation, Exploration, Restating, SelfVerification, SubGoals];
}
