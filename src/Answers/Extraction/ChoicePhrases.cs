using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>Phrases that choose an option by its letter: "therefore I choose option D", "so D.", "only J remains", "B is right".</summary>
internal static partial class ChoicePhrases
{
    // A capital letter by itself in any markup, at the end of what it belongs to, with no second letter beside it.
    private const string Letter =
        @"(?:[*_`$(\[{""'“‘]|\\(?:text|textbf|mathbf|mathrm|boxed) ?\{){0,8}(?<letter>[A-Z])(?![\w'’])[*_`$)\]}""'”’]{0,8}"
        + @"(?![ \t]{0,9}[,/;&]?[ \t]{0,9}(?:or |and |either )?(?:possibly |maybe |perhaps |option )?[(\[*]{0,3}[A-HJ-Z][)\]*]{0,3}(?![\w'’]))";

    private const string End =
        @"(?=\s*(?:\z|[\r\n.;:!。]|,(?! ?(?:or|and)\b)|[—–]| - |\((?!or\b)"
        + @"|(?:because|since|as|which|here|is (?:indeed |clearly |therefore |thus )?(?:the )?(?:only |most |best )?(?:right|correct|best|answer|appropriate"
        + @"|likely|choice)|remains|fits|stays|it is)\b))";

    private const string Fillers =
        @"(?:[ ,:]+(?:that|it|the|my|our|answer|is|are|must|be|should|with|for|on|as|option|choice|letter|correct|right|best|final|only|one|clearly|therefore"
        + @"|indeed|to|we|left|have|get)){0,8}";

    /// <summary>The phrases in order, each with its letter.</summary>
    public static IEnumerable<(int Index, string Letter)> Find(string text) =>
        Chosen().Matches(text).Concat(Said().Matches(text)).Concat(Concluded().Matches(text)).Concat(Confirmed().Matches(text)).Concat(Entered().Matches(text))
            .Where(match => IsLetter(text, match.Groups["letter"]) && !IsSupposed(text, match.Index))
            .Select(match => (match.Groups["letter"].Index, match.Groups["letter"].Value));

    /// <summary>"I" is a pronoun unless something sets it apart.</summary>
    private static bool IsLetter(string text, Group letter)
    {
        if (letter.Value != "I")
        {
            return true;
        }

        int end = letter.Index + 1;
        bool marked = letter.Index > 0 && "([*$`{\"".Contains(text[letter.Index - 1], StringComparison.Ordinal);
        bool named = text.AsSpan(0, letter.Index).TrimEnd().EndsWith("option", StringComparison.OrdinalIgnoreCase);
        return marked || named || end == text.Length || text[end] is '.' or '\n' || text.AsSpan(end).StartsWith(" is the right", StringComparison.Ordinal);
    }

    /// <summary>"If it were heated, B would be ..." chooses nothing: the sentence supposes.</summary>
    public static bool IsSupposed(string text, int index)
    {
        int from = Math.Max(0, index - Commitment.LongestText);
        int begin = text.AsSpan(from, index - from).LastIndexOfAny('.', '\n', ';') + 1 + from;
        ReadOnlySpan<char> sentence = text.AsSpan(begin, index - begin).TrimStart();
        return sentence.StartsWith("If ", StringComparison.Ordinal) || sentence.StartsWith("Had ", StringComparison.Ordinal)
            || sentence.StartsWith("Were ", StringComparison.Ordinal) || sentence.Contains(" might ", StringComparison.Ordinal);
    }

    // "Go with (C)", "we choose B", "Choose option D"; not "I would not choose B", "to choose B".
    [GeneratedRegex(
        @"(?<!\b(?:not|never|cannot|to|you|they|some|others|many|might|may|could) |n['’]t )(?:\b(?i:choose|chose|pick|picked|select|selected|go with|going with"
        + @"|went with|go for|opt for|settle on|settle for|vote for|bet on|stick with|stay with|decide on|choice|selection|verdict|conclusion)(?![\w'’])"
        + Fillers + @"[ :]+|[选選][ ]?)" + Letter + End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Chosen();

    // "I would say B", "I think it must be C", "we conclude that (B) ..."; others may say anything.
    [GeneratedRegex(
        @"\b(?:I|[Ww]e)(?:['’]d|['’]ll)?(?: (?:would|will|must|can|should|shall|have to|now|still|therefore|thus|really|also|do))* (?:say|answer|conclude|think"
        + @"|believe|guess|take)(?![\w'’])"
        + Fillers + @"[ :]+" + Letter + End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Said();

    // "Choice: B", {"choice": "B"}, "Letter: B", "Result: B".
    [GeneratedRegex(
        @"(?<![\w'’])(?i:option|choice|selection|letter|solution|result|conclusion|verdict)[""'*_` ]{0,4}[:：=][ ]*" + Letter + End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Entered();

    // "so D", "hence, option A", "which is option B", "only J remains"; "this is B" speaks of anything.
    [GeneratedRegex(
        @"(?:(?<![\w'’])(?i:so|therefore|thus|hence|consequently|accordingly|must be|has to be|leaves|leaving|it is|it['’]s|only)|=>|→|⇒|(?<![\w'’])(?i:i\.e\."
        + @"|that is|which is|this is|that['’]s|namely|corresponds to|matches)(?=[ ,]+(?:the |to |correct |right )*(?i:option|choice|answer)\b))"
        + Fillers + @"[ ,:]+" + Letter + End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Concluded();

    // "B is right", "option C is the correct answer", "J remains", "D it is", "B stays".
    [GeneratedRegex(
        Letter
            + @"(?i: (?:is|must be)(?: the| indeed| clearly| therefore| thus| then| our| only| most| one)* (?:right|correct|best|answer|remaining|appropriate"
            + @"|likely|choice)\b(?! for\b)| (?:remains|stays|it is|is left|fits best)\b)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Confirmed();
}
