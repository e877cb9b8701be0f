using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>Reads an option out of an output that labels no answer: its last sentence names one option by its words.</summary>
internal static partial class OptionProse
{
    /// <summary>
    /// The letter of the one option that the last sentence names and does not deny; null for a question, a refusal or a sentence that is cut off.
    /// </summary>
    public static string? Read(string visible, IReadOnlyList<string> options)
    {
        (string last, bool isFirst) = Sentences.Last(visible);
        bool ended = Sentences.IsEnded(last);
        if (last.Length == 0 || Sentences.IsRefusal(last) || last.EndsWith('?'))
        {
            return null;
        }

        string said = Denied().Replace(Markup.Strip(last), " ");
        foreach (string part in new[] { AfterEquals(said), AfterConclusion().Match(said).Value, said })
        {
            if (part.Length > 0 && OptionWords.Named(part, options) is [string letter]
                && (!IsNumber(options[letter[0] - 'A']) || Ends(part, options[letter[0] - 'A'])))
            {
                // A sentence that is cut off goes on: it has not named its answer unless it ends with it, and not as an entry of some label.
                bool whole = (isFirst || Ends(part, options[letter[0] - 'A'])) && !OtherLabel().IsMatch(said);
                return ended || whole ? letter : null;
            }
        }

        return LoneLetter(said, options);
    }

    /// <summary>The letter that ends the sentence behind a few words that lead to it: "in conclusion, B.", "that would be (B)", "option b".</summary>
    private static string? LoneLetter(string sentence, IReadOnlyList<string> options)
    {
        if (Closing().Match(sentence) is not { Success: true } match)
        {
            return null;
        }

        Group letter = match.Groups["letter"];
        bool alone = !OtherLetter().Matches(sentence).Any(other => other.Index != letter.Index);
        return alone ? OptionReader.Letter(letter.Value, options) : null;
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
        @"\b(?:so|therefore|thus|hence|consequently|namely|conclude|must be|it is|but)\b(?!.*\b(?:so|therefore|thus|hence|consequently|namely|conclude|must be"
        + @"|it is|but)\b).*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex AfterConclusion();

    // "twoAnswer:", "Given:": what follows is an entry, and not of the answer.
    [GeneratedRegex(@"(?<!\b(?:is|are|be))\s*:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OtherLabel();

    [GeneratedRegex(
        @"(?:\A|\A(?i:\p{L}+ly|ergo|yes|sure|so|hence|thus|therefore|maybe|perhaps)[,:]? |[,;—–] ?|: ?(?=[^.!]+[.!])|(?i:\b(?:option|choice|letter|answer"
        + @"|letter is|be|in conclusion|in summary|leaves|leaving|with):? ))"
        + @"[(\[]*(?:(?<letter>[A-HJ-Z])|(?<=\boption )(?<letter>[a-z]))[)\]]*[.!]*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Closing();

    // A capital by itself; not the pronoun, nor the article.
    [GeneratedRegex(@"(?<![\p{L}\p{N}'’])(?!I\b|A \p{Ll})[A-Z](?![\p{L}\p{N}'’])", RegexOptions.CultureInvariant)]
    private static partial Regex OtherLetter();
}
