using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers;

/// <summary>
/// Finds the answer in a model's output. The protocol <see cref="Protocol"/> takes the last commitment in the text after the thinking: a
/// line <c>Answer: X</c> (in any markup), <c>the answer is X</c>, a box, or an output that is nothing but the answer. It never guesses
/// from prose: what it does not find is unparsed.
/// </summary>
public static partial class AnswerExtraction
{
    /// <summary>Name and version of the rules; a change of what they find is a new version.</summary>
    public const string Protocol = "strict-answer-line/1";

    /// <summary>The text after the last <c>&lt;/think&gt;</c>, tags in any case; null while thinking was not closed.</summary>
    public static string? Visible(string output)
    {
        int close = output.LastIndexOf("</think>", StringComparison.OrdinalIgnoreCase);
        string rest = close < 0 ? output : output[(close + "</think>".Length)..];
        return rest.Contains("<think>", StringComparison.OrdinalIgnoreCase) ? null : rest;
    }

    /// <summary>The answer that the output commits to.</summary>
    /// <param name="output">The whole output, thinking included.</param>
    /// <param name="options">The options in order; none for a free answer.</param>
    /// <returns>
    /// With options, the upper-case letter of one of them; otherwise the answer's text without markup. Null when there is no commitment, or
    /// the last one names no option, more than one, or none that exists.
    /// </returns>
    public static string? Extract(string output, IReadOnlyList<string> options)
    {
        if (Visible(output) is not { } visible)
        {
            return null;
        }

        visible = BeforeNextQuestion(visible);
        bool any = false;
        foreach (Commitment commitment in Commitment.LastFirst(visible))
        {
            any = true;
            if (options.Count == 0)
            {
                return commitment.Text;
            }

            (bool decided, string? letter) = OptionReader.Read(commitment.Text, options);
            if (decided || commitment.Firm)
            {
                return letter;
            }
        }

        if (any || options.Count == 0)
        {
            return null;
        }

        string whole = visible.Trim();
        bool oneLine = whole.Length <= Commitment.LongestText && !whole.Contains('\n', StringComparison.Ordinal);
        return oneLine ? OptionReader.ReadWhole(Markup.Strip(whole), options) : null;
    }

    /// <summary>What stands before a question that the model goes on to ask itself.</summary>
    private static string BeforeNextQuestion(string text)
    {
        foreach (Match question in QuestionLine().Matches(text))
        {
            if (text.AsSpan(0, question.Index).ContainsAnyExcept(" \t\r\n"))
            {
                return text[..question.Index];
            }
        }

        return text;
    }

    [GeneratedRegex(@"^[ \t]*Question[ \t]*:", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex QuestionLine();
}
