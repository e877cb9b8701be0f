using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Modes;

/// <summary>What is compared of one answer between modes of thinking.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Level">The level that the question's source gives it; null for none.</param>
/// <param name="Score">What the answer counts, in [0, 1].</param>
/// <param name="Tokens">Generated tokens, the end marker included.</param>
/// <param name="Opens">True where it opens or closes thinking by a tag.</param>
/// <param name="Unclosed">True where a thought is opened and never closed, by its end or a cut.</param>
/// <param name="Reasons">True where it reasons, by <see cref="SpokenReasoning"/>.</param>
/// <param name="Unparsed">True where no answer was found in it.</param>
/// <param name="Truncated">True where generation met its limit.</param>
public sealed record ModeAnswer(
    string QuestionId, string? Level, double Score, int Tokens, bool Opens, bool Unclosed, bool Reasons, bool Unparsed, bool Truncated)
{
    private const string LevelName = "level";

    /// <summary>What is compared of a graded answer.</summary>
    /// <param name="grade">The grade.</param>
    /// <param name="question">The question, for its level; null where its source is not known.</param>
    public static ModeAnswer Of(Grade grade, Question? question)
    {
        ThinkingState state = Thinking.State(grade.Output);
        return new ModeAnswer(
            grade.QuestionId,
            question?.Meta.GetValueOrDefault(LevelName),
            grade.Score,
            grade.Tokens,
            state != ThinkingState.None,
            state == ThinkingState.Unclosed,
            SpokenReasoning.IsIn(grade.Output),
            grade.Extracted is null,
            grade.Truncated);
    }
}
