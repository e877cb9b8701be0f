using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Repeats;

/// <summary>Which of a question's answers are the same.</summary>
internal static class AnswerVotes
{
    /// <summary>
    /// A number for each answer, equal for the same answer, in the order of first appearance; -1 for an unparsed one. A letter stands for the
    /// option that it named in the order of its repeat. Free answers are the same by the protocol's rules, the first one taken as the reference.
    /// </summary>
    /// <param name="protocol">The protocol that extracted the answers.</param>
    /// <param name="answers">The question as each repeat asked it, and the grade.</param>
    public static int[] Of(IGradingProtocol protocol, IReadOnlyList<(Question Question, Grade Grade)> answers)
    {
        List<string> known = [];
        int[] votes = new int[answers.Count];
        for (int r = 0; r < answers.Count; r++)
        {
            (Question question, Grade grade) = answers[r];
            votes[r] = grade.Extracted is { } extracted ? Find(protocol, question, known, extracted) : -1;
        }

        return votes;
    }

    private static int Find(IGradingProtocol protocol, Question question, List<string> known, string extracted)
    {
        string answer = question.Options.Count > 0 ? Option(question, extracted) : extracted;
        int at = known.IndexOf(answer);
        if (at < 0 && question.Options.Count == 0)
        {
            at = known.FindIndex(other => protocol.Same(question with { Reference = other }, extracted) == true);
        }

        if (at < 0)
        {
            known.Add(answer);
            at = known.Count - 1;
        }

        return at;
    }

    // Text that is no letter of an option votes for itself.
    private static string Option(Question question, string extracted) =>
        extracted.Trim() is [>= 'A' and <= 'Z' and var letter] && letter - 'A' < question.Options.Count ? question.Options[letter - 'A'] : extracted;
}
