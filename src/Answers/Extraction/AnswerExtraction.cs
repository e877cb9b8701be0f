using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>
/// Finds the answer in a model's output. The protocol <see cref="Protocol"/> takes the last commitment in the text after the thinking: a
/// line <c>Answer: X</c> (in any markup), <c>the answer is X</c>, a box, <c>so I choose X</c>, or an output that is nothing but the
/// answer. Where there is none, the last sentence counts if it names one option by its words, or ends with a value. It never draws: what
/// it does not find is unparsed.
/// </summary>
public static partial class AnswerExtraction
{
    /// <summary>Name and version of the rules; a change of what they find is a new version.</summary>
    public const string Protocol = "strict-answer-line/2";

    /// <summary>Commitments, from the end, that are compared with options by equality: an output with more repeats itself.</summary>
    private const int MostCompared = 3;

    /// <summary>The answer that the output commits to.</summary>
    /// <param name="output">The whole output, thinking included.</param>
    /// <param name="options">The options in order; none for a free answer.</param>
    /// <returns>
    /// With options, the upper-case letter of one of them; otherwise the answer's text without markup around it. Null when there is no
    /// commitment, or the last one names no option, more than one, or none that exists.
    /// </returns>
    public static string? Extract(string output, IReadOnlyList<string> options)
    {
        if (Thinking.Visible(output) is not { } visible)
        {
            return null;
        }

        if (options.Count > 0 && QuestionLine().Match(visible) is { Success: true } next && Whole(visible[..next.Index], options) is { } first)
        {
            return first;
        }

        List<Place> places = CutAtNextQuestion(ref visible, letters: options.Count > 0);
        return options.Count == 0 ? Free(visible, places) : Choice(visible, places, options);
    }

    /// <summary>What the last commitment of the output says, whether it names an option or not; null when there is none.</summary>
    public static string? Stated(string output)
    {
        if (Thinking.Visible(output) is not { } visible)
        {
            return null;
        }

        List<Place> places = CutAtNextQuestion(ref visible, letters: false);
        return Commitment.LastFirst(places, visible, letters: false).FirstOrDefault() is { Text.Length: > 0 } last ? last.Text : null;
    }

    private static string? Free(string visible, List<Place> places)
    {
        string? supposed = null;
        foreach (Commitment commitment in Commitment.LastFirst(places, visible, letters: false))
        {
            if (commitment.Kind == CommitmentKind.Supposed)
            {
                supposed ??= commitment.Text;
            }
            else if (!commitment.Says(Filler()))
            {
                return commitment.Text.Length > 0 ? commitment.Text : null;
            }
        }

        return supposed ?? FreeProse.Read(visible);
    }

    private static string? Choice(string visible, List<Place> places, IReadOnlyList<string> options)
    {
        bool named = false;
        string? supposed = null;
        int seen = 0;
        foreach (Commitment commitment in Commitment.LastFirst(places, visible, letters: true))
        {
            bool equality = seen++ < MostCompared;
            if (commitment.Kind is CommitmentKind.Retracted or CommitmentKind.Choice)
            {
                if (OptionReader.ReadWhole(commitment.Text, options, equality) is { } chosen)
                {
                    return chosen;
                }

                named |= commitment.Kind == CommitmentKind.Retracted;
                continue;
            }

            if (commitment.Instead is { } instead && OptionReader.ReadWhole(instead, options, equality) is { } corrected)
            {
                return corrected;
            }

            (bool decided, string? letter) = OptionReader.Read(commitment.Text, options, equality);
            if (commitment.Kind == CommitmentKind.Supposed)
            {
                supposed ??= letter;
                continue;
            }

            if (decided || commitment.Kind == CommitmentKind.Label)
            {
                return letter;
            }

            named |= !commitment.Says(Filler());
        }

        if (named || supposed is not null)
        {
            return supposed;
        }

        return Whole(visible, options) ?? OptionProse.Read(visible, options);
    }

    /// <summary>The letter where the text is one line that is nothing but an answer.</summary>
    private static string? Whole(string text, IReadOnlyList<string> options)
    {
        string line = text.Trim();
        return line.Length <= Commitment.LongestText && !line.Contains('\n', StringComparison.Ordinal)
            ? OptionReader.ReadWhole(Markup.Strip(line), options, equality: true)
            : null;
    }

    /// <summary>The places of the text up to a question that the model goes on to ask itself after it has answered; the text ends there.</summary>
    private static List<Place> CutAtNextQuestion(ref string text, bool letters)
    {
        List<Place> places = Commitment.Find(text, letters);
        if (places.Count > 0 && QuestionLine().Match(text, places.Min(place => place.Index)) is { Success: true } question)
        {
            text = text[..question.Index];
            places.RemoveAll(place => place.Index >= question.Index);
        }

        return places;
    }

    // "the answer is obvious" commits to nothing.
    [GeneratedRegex(
        @"\A(?:(?:now|then|quite|therefore|thus|clearly|immediately) )?(?:obvious|clear|plain|easy|simple|straightforward|evident|trivial|immediate|as follows"
        + @"|below|above|given|found|known)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Filler();

    // Blanks and marks are bounded: a line of nothing but blanks would be tried from each to each.
    [GeneratedRegex(
        @"^[ \t]{0,9}[*#_]{0,9}[ \t]{0,9}(?:(?:Next |New )?(?:Question|Problem)(?:[ \t]{0,9}\d{1,4})?[*_]{0,9}[ \t]{0,9}:|(?<=#[ \t]{0,9})(?:Question|Problem"
        + @"|Exercise|Task)\b|Q:|Human:|User:)",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex QuestionLine();
}
