using System.Globalization;
using System.Text;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Quotes input in messages: short, in one line, and not at all where the input is confidential.</summary>
public static class SourceQuote
{
    private const int Longest = 60;

    /// <summary>The text in quotes, control characters as blanks, at most 60 characters; its length alone when it is confidential.</summary>
    public static string Of(string text, bool confidential)
    {
        if (confidential)
        {
            return string.Create(CultureInfo.InvariantCulture, $"a text of {text.Length} characters, which is confidential");
        }

        StringBuilder quote = new("'");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (quote.Length > Longest)
            {
                quote.Append("...");
                break;
            }

            quote.Append(
                Rune.IsControl(rune)
                    || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? " "
                : rune.ToString());
        }

        return quote.Append('\'').ToString();
    }
}
