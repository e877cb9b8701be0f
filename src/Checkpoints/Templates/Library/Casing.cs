using System.Globalization;
using System.Text;
using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Library;

/// <summary>
/// Upper and lower case of ASCII letters. Letters beyond ASCII that have a case are refused: Python's rules for them (such as that of the
/// sharp s) are others than .NET's.
/// </summary>
internal static class Casing
{
    public static string Upper(Rendering run, string text) => Checked(run, text).ToUpperInvariant();

    public static string Lower(Rendering run, string text) => Checked(run, text).ToLowerInvariant();

    /// <summary>The first character in upper case, the others in lower case.</summary>
    public static string Capitalize(Rendering run, string text) =>
        text.Length == 0 ? text : Upper(run, text[..1]) + Lower(run, text[1..]);

    /// <summary>Python's str.title: letters behind something without a case in upper case, the others in lower case.</summary>
    public static string Title(Rendering run, string text)
    {
        StringBuilder output = new(Lower(run, text));
        for (int i = 0; i < output.Length; i++)
        {
            if (i == 0 || !char.IsAsciiLetter(output[i - 1]))
            {
                output[i] = char.IsAscii(output[i]) ? char.ToUpperInvariant(output[i]) : output[i];
            }
        }

        return output.ToString();
    }

    /// <summary>Python's islower and isupper: there are letters, and all are of one case.</summary>
    public static bool Is(Rendering run, string text, bool upper)
    {
        Checked(run, text);
        return text.Any(char.IsAsciiLetter) && !text.Any(upper ? char.IsAsciiLetterLower : char.IsAsciiLetterUpper);
    }

    private static string Checked(Rendering run, string text)
    {
        run.Charge(text.Length);
        if (Ascii.IsValid(text))
        {
            return text;
        }

        foreach (Rune rune in text.EnumerateRunes())
        {
            bool cased = Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.LetterNumber;
            if (!rune.IsAscii && (cased || Rune.ToUpperInvariant(rune) != rune || Rune.ToLowerInvariant(rune) != rune || rune.Value is 0x345 or 0xAA or 0xBA))
            {
                throw run.Unsupported($"The case of the letter '{rune}'");
            }
        }

        return text;
    }
}
