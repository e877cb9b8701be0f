using NaturalThoughts.Answers.Extraction;

namespace NaturalThoughts.Evaluation;

/// <summary>Counts what went wrong in outputs apart from their answers, for a report beside the accuracy.</summary>
internal static class OutputFaults
{
    /// <summary>
    /// Adds <c>emptyThinking</c>, <c>unclosedThinking</c>, <c>answerInThinking</c> (an answer there and none after it, by our own rules)
    /// and <c>repetitionLoops</c>.
    /// </summary>
    public static void Count(IReadOnlyCollection<AnsweredQuestion> rows, SortedDictionary<string, long> counts)
    {
        counts["emptyThinking"] = rows.Count(row => Thinking.State(row.Answer.Output) == ThinkingState.Empty);
        counts["unclosedThinking"] = rows.Count(row => Thinking.State(row.Answer.Output) == ThinkingState.Unclosed);
        counts["answerInThinking"] = rows.Count(row => Thinking.HoldsTheOnlyAnswer(row.Answer.Output, row.Question.Options));
        counts["repetitionLoops"] = rows.Count(row => RepetitionLoop.Ends(row.Answer.Output));
    }
}
