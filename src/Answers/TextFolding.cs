using System.Globalization;
using System.Text;

namespace NaturalThoughts.Answers;

/// <summary>Gives characters that show the same one spelling.</summary>
internal static class TextFolding
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private const string Minuses = "\u2010\u2011\u2012\u2013\u2014\u2212\uFE63\uFF0D";

    private const string ThinBlanks = "\u2009\u202F";

    /// <summary>
    /// Compatibility forms, decimal digits of every script, minus signs and quotes as ASCII; superscripts as <c>^n</c>; nothing invisible;
    /// every run of blanks as one. Case stays.
    /// </summary>
    public static string Fold(string text)
    {
        string composed = Compatible(Spell(text));
        StringBuilder folded = new(composed.Length);
        for (int i = 0; i < composed.Length; i++)
        {
            char c = composed[i];
            int digit = CharUnicodeInfo.GetDecimalDigitValue(composed, i);
            if (digit >= 0)
            {
                folded.Append((char)('0' + digit));
                i += char.IsHighSurrogate(c) ? 1 : 0;
            }
            else if (char.IsWhiteSpace(c))
            {
                folded.Append(folded.Length > 0 && folded[^1] != ' ' ? " " : "");
            }
            else
            {
                folded.Append(Minuses.Contains(c, StringComparison.Ordinal) ? '-' : c switch
                {
                    '\u2044' or '\u2215' => '/',
                    '\u2018' or '\u2019' => '\'',
                    '\u201C' or '\u201D' => '"',
                    _ => c,
                });
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Compatibility forms (NFKC); halves of surrogate pairs, which have none, are dropped.</summary>
    public static string Compatible(string text)
    {
        StringBuilder whole = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar)
            {
                whole.Append(rune);
            }
        }

        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Spells out what the compatibility forms would join to its neighbours, and drops what does not show.</summary>
    private static string Spell(string text)
    {
        StringBuilder spelled = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            int power = Superscripts.IndexOf(c, StringComparison.Ordinal);
            if (power >= 0)
            {
                bool first = i == 0 || !Superscripts.Contains(text[i - 1], StringComparison.Ordinal);
                spelled.Append(first ? "^" : "").Append((char)('0' + power));
            }
            else if (ThinBlanks.Contains(c, StringComparison.Ordinal))
            {
                // Thin blanks between digits group them.
                bool groups = i > 0 && i + 1 < text.Length && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]);
                spelled.Append(groups ? "," : " ");
            }
            else
            {
                switch (CharUnicodeInfo.GetUnicodeCategory(c))
                {
                    case UnicodeCategory.Format:
                        break;
                    case UnicodeCategory.OtherNumber:
                        // A fraction in one character after a digit makes a mixed number: 2½ is not 21/2.
                        spelled.Append(i > 0 && char.IsDigit(text[i - 1]) ? " " : "").Append(c);
                        break;
                    default:
                        spelled.Append(c);
                        break;
                }
            }
        }

        return spelled.ToString();
    }
}
