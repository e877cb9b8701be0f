using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Extraction;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>Our own rules: the last commitment after the thinking, compared by <see cref="AnswerEquality"/>. Never guesses.</summary>
internal static class StrictAnswerLine
{
    public static IGradingProtocol Protocol { get; } = new RuleProtocol(
        AnswerExtraction.Protocol[..AnswerExtraction.Protocol.IndexOf('/', StringComparison.Ordinal)],
        AnswerExtraction.Protocol[(AnswerExtraction.Protocol.IndexOf('/', StringComparison.Ordinal) + 1)..],
        (response, question) => AnswerExtraction.Extract(response, question.Options) is { } answer
            ? Reading.Of(answer)
            : AnswerExtraction.Stated(response) is { } stated ? new Reading(stated, true, 0) : Reading.None,
        (question, extracted) => AnswerEquality.Same(question.Reference, extracted));
}
