namespace NaturalThoughts.Experiments;

/// <summary>What tables that compare modes of thinking measure by: they follow from the lengths and levels of a profile's answers and questions.</summary>
/// <param name="Scale">Tokens at which a right answer to an easy question is worth nothing.</param>
/// <param name="Budgets">Budgets of tokens under which accuracy is told, ascending.</param>
/// <param name="Easy">Levels of easy questions.</param>
/// <param name="Hard">Levels of hard questions.</param>
/// <param name="Closed">Tokens of thought after which it is closed, ascending.</param>
/// <param name="AnswerTokens">Most tokens of what follows a closed thought.</param>
public sealed record ModeSettings(
    int Scale, IReadOnlyList<int> Budgets, IReadOnlyList<string> Easy, IReadOnlyList<string> Hard, IReadOnlyList<int> Closed, int AnswerTokens)
{
    /// <summary>The name of the prompt, and so of the mode, that asks to think.</summary>
    public const string Think = "think";

    /// <summary>The name of the prompt, and so of the mode, that asks for the answer alone.</summary>
    public const string Direct = "direct";

    /// <summary>The name of the prompt, and so of the mode, that does not say whether to think.</summary>
    public const string Adaptive = "adaptive";
}
