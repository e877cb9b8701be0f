using System.Text;
using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>Takes markup off a short text: Markdown, dollars, code marks, and LaTeX's boxes and fonts.</summary>
internal static partial class Markup
{
    private const int DeepestGroup = 8;

    /// <summary>The text without markup and with the words of LaTeX's text commands as plain text, trimmed.</summary>
    public static string Strip(string text)
    {
        string bare = WithoutFonts(text);
        for (int level = 0; level < DeepestGroup && Group().IsMatch(bare); level++)
        {
            bare = Group().Replace(bare, "$1");
        }

        return Marks().Replace(bare, "").Trim();
    }

    /// <summary>The text without markup around it; a formula inside stays as it is written, its text commands included.</summary>
    public static string Outer(string text)
    {
        string bare = Marks().Replace(text, "").Trim();
        for (int level = 0; level < DeepestGroup; level++)
        {
            Match font = WholeFont().Match(bare);
            int inner = font.Success ? font.Length : bare.StartsWith('{') ? 1 : 0;
            if (inner == 0 || Braces.Close(bare, inner - 1) != bare.Length - 1)
            {
                break;
            }

            bare = Marks().Replace(bare[inner..^1], "").Trim();
        }

        return bare;
    }

    /// <summary>Replaces each command of a font by what its braces hold.</summary>
    private static string WithoutFonts(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder bare = new(text.Length);
        Stack<bool> fonts = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                if (Font().Match(text, i) is { Success: true } font)
                {
                    fonts.Push(true);
                    i += font.Length - 1;
                    continue;
                }

                bare.Append(text[i]);
                if (i + 1 < text.Length)
                {
                    bare.Append(text[++i]);
                }

                continue;
            }

            if (text[i] == '{')
            {
                fonts.Push(false);
            }
            else if (text[i] == '}' && fonts.TryPop(out bool font) && font)
            {
                continue;
            }

            bare.Append(text[i]);
        }

        return bare.ToString();
    }

    [GeneratedRegex(@"\G\\(?:boxed|fbox|text|textbf|textit|mathbf|mathrm|textrm|mathit|textsf|mathsf|texttt|bf|rm) ?\{", RegexOptions.CultureInvariant)]
    private static partial Regex Font();

    [GeneratedRegex(@"\A\\(?:boxed|fbox|text|textbf|textit|mathbf|mathrm|textrm|mathit|textsf|mathsf|texttt|bf|rm) ?\{", RegexOptions.CultureInvariant)]
    private static partial Regex WholeFont();

    // Braces around something without braces, that belong to no command.
    [GeneratedRegex(@"(?<![\\\w}^_])\{([^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    [GeneratedRegex(@"\*\*+|\A\s*\*|\*\s*\z|`+|\$+|__+|(?<!\\)\\[\[\]()]|\A#+ |</?[a-z]+>|<\|[a-z_]+\|>", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
