using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers;

/// <summary>
/// One spelling for words that mean the same: text ignores case, blanks, articles, quotes and a full stop at the end, and a number inside of it
/// has no zeros that say nothing. A single letter keeps its case. Formulas are compared by <see cref="AnswerEquality"/>, not by their spelling.
/// </summary>
public static partial class NormalForm
{
    /// <summary>The normal form; empty when nothing is left. Applying it twice changes nothing more.</summary>
    public static string Of(string answer)
    {
        string text = Strip(TextFolding.Fold(answer).Replace("{,}", ",", StringComparison.Ordinal));
        text = Word().Replace(Article().Replace(text, ""), match => match.Value.ToLowerInvariant());
        text = LeadingNumber().Replace(text, match => match.Value.Replace(",", "", StringComparison.Ordinal));
        text = BlankAtComma().Replace(BlankAtMark().Replace(text, "$1"), ", ");
        return PlainNumber().Replace(text, Plain);
    }

    /// <summary>A decimal without zeros that say nothing. It stays a decimal: a fraction after a number would read as a mixed number.</summary>
    private static string Plain(Match number)
    {
        string[] parts = number.Value.Split('.');
        string whole = parts[0].TrimStart('0') is { Length: > 0 } digits ? digits : "0";
        string decimals = parts.Length > 1 ? parts[1].TrimEnd('0') : "";
        return decimals.Length > 0 ? $"{whole}.{decimals}" : whole;
    }

    /// <summary>Takes off dollars and quotes around the whole, and what ends a sentence, in one pass from both ends.</summary>
    private static string Strip(string text)
    {
        (int start, int end) = (0, text.Length);
        while (true)
        {
            (int oldStart, int oldEnd) = (start, end);
            while (start < end && text[start] == ' ')
            {
                start++;
            }

            while (end > start && text[end - 1] is ' ' or '.' or ';')
            {
                end--;
            }

            bool marked = end - start > 2 && text[start] == text[end - 1] && "$\"'`*~".Contains(text[start], StringComparison.Ordinal);
            bool grouped = end - start > 2 && text[start] == '{' && text.IndexOf('}', start, end - start) == end - 1;
            (start, end) = marked || grouped ? (start + 1, end - 1) : (start, end);
            if (start == oldStart && end == oldEnd)
            {
                return text[start..end];
            }
        }
    }

    [GeneratedRegex(@"(?<![\w'])(?:a|an|the) (?=[\p{L}\p{N}])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Article();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@" ?([;:()\[\]{}/=]) ?", RegexOptions.CultureInvariant)]
    private static partial Regex BlankAtMark();

    // One blank after every comma keeps a list apart from a number in groups of three.
    [GeneratedRegex(@" ?, ?", RegexOptions.CultureInvariant)]
    private static partial Regex BlankAtComma();

    // The number of "12,345.60 km": words follow it, no other number.
    [GeneratedRegex(@"\A[+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?= [^0-9]+\z)", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingNumber();

    // A number that stands by itself inside of text; 1/2 stays as it is, 08:30 becomes 8:30.
    [GeneratedRegex(@"(?<![\w.,/^])(?:[0-9]+(?:\.[0-9]+)?)(?![\w./^])", RegexOptions.CultureInvariant)]
    private static partial Regex PlainNumber();
}
