using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers;

/// <summary>
/// One spelling for answers that mean the same: the plain-text part of what counts as equal. Numbers are exact (0.50, 2/4 and ½ are
/// <c>1/2</c>; 1,234 is <c>1234</c>); text ignores case, blanks, articles, quotes and a full stop at the end; an option's letter stands
/// alone (<c>(C)</c>, <c>C.</c> and <c>(C) 12</c> are <c>c</c>). LaTeX and arithmetic are not interpreted: such answers are text.
/// </summary>
public static partial class NormalForm
{
    /// <summary>The normal form; empty when nothing is left. Applying it twice changes nothing more.</summary>
    public static string Of(string answer)
    {
        string text = Strip(TextFolding.Fold(answer).Replace("{,}", ",", StringComparison.Ordinal));
        text = Article().Replace(text, "");
        if (Quantity.TryParse(text, out Quantity quantity))
        {
            return quantity.ToString();
        }

        if (OptionLetter().Match(text) is { Success: true } letter)
        {
            return letter.Groups["letter"].Value;
        }

        text = LeadingNumber().Replace(text, match => Rational.TryParse(match.Value, out Rational number) ? number.ToString() : match.Value);
        text = BlankAtComma().Replace(BlankAtMark().Replace(text, "$1"), ", ");
        return PlainNumber().Replace(text, match => Rational.TryParse(match.Value, out Rational number) ? number.ToString() : match.Value);
    }

    /// <summary>The quantity in a normal form; false for text.</summary>
    internal static bool TryQuantity(string normalForm, out Quantity quantity) => Quantity.TryParse(normalForm, out quantity);

    /// <summary>Takes off dollars and quotes around the whole, and what ends a sentence.</summary>
    private static string Strip(string text)
    {
        while (true)
        {
            string before = text;
            text = text.Trim().TrimEnd('.', ';').TrimEnd();
            bool marked = text.Length > 2 && text[0] == text[^1] && "$\"'`*~".Contains(text[0], StringComparison.Ordinal);
            bool grouped = text.Length > 2 && text[0] == '{' && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1;
            if (marked || grouped)
            {
                text = text[1..^1];
            }

            if (text == before)
            {
                return text;
            }
        }
    }

    // (c), [c], c), c. (the full stop is gone), or a letter in parentheses before the option's words.
    [GeneratedRegex(@"\A(?:(?<letter>[a-z])[)\]:]?|[(\[](?<letter>[a-z])[)\]](?: .+)?)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex OptionLetter();

    [GeneratedRegex(@"(?<![\w'])(?:a|an|the) (?=[\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex Article();

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
