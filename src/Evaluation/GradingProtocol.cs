using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Evaluation.Protocols;

namespace NaturalThoughts.Evaluation;

/// <summary>The names of grading protocols. A change of what rules credit is a new version with a new name.</summary>
public static class GradingProtocol
{
    /// <summary>
    /// The last commitment after the thinking, found by <see cref="AnswerExtraction"/>, equals the reference by
    /// <see cref="AnswerEquality"/>. No commitment is wrong and never guessed.
    /// </summary>
    public const string StrictAnswerLine = AnswerExtraction.Protocol;

    /// <summary>The protocol of an experiment that names none.</summary>
    public const string Default = StrictAnswerLine;

    /// <summary>All names in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ProtocolCatalog.Ids];
}
