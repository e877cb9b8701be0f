using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>Our own rules: the last commitment after the thinking, compared by <see cref="AnswerEquality"/>. Never guesses.</summary>
internal static class StrictAnswerLine
{
    public static IGradingProtocol Protocol { get; } = new RuleProtocol(
        AnswerExtraction.Protocol[..AnswerExtraction.Protocol.IndexOf('/', StringComparison.Ordinal)],
        AnswerExtraction.Protocol[(AnswerExtraction.Protocol.IndexOf('/', StringComparison.Ordinal) + 1)..],
        (response, question) => Reading.Of(AnswerExtraction.Extract(response, question.Options) ?? AnswerExtraction.Stated(response)),
        Same);

    /// <summary>A value that is no option is an answer, a wrong one: of a question with options only a letter counts.</summary>
    private static bool? Same(Question question, string extracted)
    {
        if (question.Options.Count > 0 && extracted.Length != 1)
        {
            return false;
        }

        return AnswerEquality.Compare(question.Reference, extracted).Equality switch
        {
            Equality.Equal => true,
            Equality.Different => false,
            _ => null,
        };
    }
}
