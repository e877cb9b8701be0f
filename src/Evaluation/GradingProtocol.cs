using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Extraction;

namespace NaturalThoughts.Evaluation;

/// <summary>The named and versioned rules of grading. A change of what a rule credits is a new version with a new name.</summary>
public static class GradingProtocol
{
    /// <summary>
    /// The last commitment after the thinking, found by <see cref="AnswerExtraction"/>, equals the reference by
    /// <see cref="AnswerEquality"/>. No commitment is wrong and never guessed.
    /// </summary>
    public const string StrictAnswerLine = AnswerExtraction.Protocol;

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [StrictAnswerLine];
}
