using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>Reads an option out of an output that labels no answer: its last sentence names one option by its words.</summary>
internal static partial class OptionProse
{
    /// <summary>The letter of the one option that the last sentence names and does not deny; null for a question, a refusal or a sentence that is cut off.</summary>
    public static string? Read(string visible, IReadOnlyList<string> options)
    {
        (string last, bool isFirst) = Sentences.Last(visible);
        bool ended = Sentences.IsEnded(last);
        if (last.Length == 0 || Sentences.IsRefusal(last) || last.EndsWith('?'))
        {
            return null;
        }

        string said = Denied().Replace(Markup.Strip(last), " ");
        string result = AfterEquals(said);
        foreach (string part in new[] { result, AfterConclusion().Match(said).Value, said })
        {
            if (part.Length > 0 && OptionWords.Named(part, options) is [string letter] && (!IsNumber(options[letter[0] - 'A']) || Ends(part, options[letter[0] - 'A'])))
            {
                // A sentence that is cut off goes on: it has not named its answer unless it ends with it.
                return ended || isFirst || Ends(part, options[letter[0] - 'A']) ? letter : null;
            }
        }

        return null;
    }

    private static string AfterEquals(string text)
    {
        int equals = text.LastIndexOf('=');
        return equals < 0 ? "" : text[(equals + 1)..];
    }

    private static bool IsNumber(string option) => !option.AsSpan().ContainsAnyExceptInRange(' ', '9');

    /// <summary>True when the words begin or end the text: "120 the answer is obvious", "we get 120"; not "in 2 ways".</summary>
    private static bool Ends(string text, string option)
    {
        (string folded, string words) = (OptionWords.Fold(text), OptionWords.Fold(option));
        return folded.EndsWith(words, StringComparison.Ordinal) || folded.StartsWith(words, StringComparison.Ordinal);
    }

    // "not oxygen", "rather than oxygen": up to the next part of the sentence.
    [GeneratedRegex(
        @"\b(?:not|n['’]t|never|neither|nor|rather than|instead of|unlike|except(?: for)?|no longer|other than)\b.*?(?=\bbut\b|[,;:.]|\z)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"\b(?:so|therefore|thus|hence|consequently|namely|conclude|must be|it is|but)\b(?!.*\b(?:so|therefore|thus|hence|consequently|namely|conclude|must be|it is|but)\b).*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex AfterConclusion();
}
