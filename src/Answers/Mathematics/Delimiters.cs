using System.Text;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Takes off what surrounds an answer, in one pass from both ends, and what sets its letters.</summary>
internal static class Delimiters
{
    private static readonly string[] Fonts =
    [
        "\\textbf", "\\textit", "\\textsf", "\\textsc", "\\texttt", "\\emph", "\\underline", "\\bf", "\\rm", "\\it", "\\textrm", "\\textnormal", "\\text",
        "\\mathrm", "\\mathbf", "\\mathit", "\\mathsf", "\\mbox", "\\hbox", "\\boxed", "\\fbox", "\\displaystyle", "\\left",
        "\\right", "\\,", "\\;", "\\!", "\\:", "\\ ", "\\quad", "\\(", "\\)", "\\[", "\\]",
    ];

    /// <summary>The answer without dollars, brackets of TeX, Markdown, quotes and full stops around it.</summary>
    public static string Strip(string text)
    {
        (int start, int end) = (0, text.Length);
        while (true)
        {
            (int before, int after) = (start, end);
            while (start < end && (text[start] is '~' || char.IsWhiteSpace(text[start])))
            {
                start++;
            }

            while (end > start && IsTail(text, start, end))
            {
                end -= text[end - 1] == '\\' ? 2 : 1;
            }

            ReadOnlySpan<char> rest = text.AsSpan(start, end - start);
            if (rest.Length > 2 && rest[0] == rest[^1] && rest[0] is '$' or '"' or '`' or '*')
            {
                (start, end) = (start + 1, end - 1);
            }
            else if (rest.Length > 2 && rest[0] == '\'' && rest[^1] == '\'' && rest[1..^1].IndexOf('\'') < 0)
            {
                (start, end) = (start + 1, end - 1);
            }
            else if (rest.Length > 4 && ((rest.StartsWith("\\(") && rest.EndsWith("\\)")) || (rest.StartsWith("\\[") && rest.EndsWith("\\]"))))
            {
                (start, end) = (start + 2, end - 2);
            }

            if (start == before && end == after)
            {
                return text[start..end];
            }
        }
    }

    /// <summary>The dollars that are left are money where a number follows each and none ends the text; else they are delimiters.</summary>
    public static string Dollars(string text)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        bool money = true;
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '$' && (i == 0 || text[i - 1] != '\\'))
            {
                int next = i + 1;
                while (next < text.Length && text[next] is ' ' or '-')
                {
                    next++;
                }

                count++;
                money &= next < text.Length && (char.IsAsciiDigit(text[next]) || text[next] == '.');
            }
        }

        return money || count % 2 == 1
            ? text
            : text.Replace("\\$", "\u0001", StringComparison.Ordinal).Replace('$', ' ').Replace("\u0001", "\\$", StringComparison.Ordinal);
    }

    /// <summary>The text without fonts and braces, for words.</summary>
    public static string Flat(string text)
    {
        if (text.AsSpan().IndexOfAny('\\', '{', '$') < 0)
        {
            return text;
        }

        StringBuilder flat = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && Font(text, i) is { } font)
            {
                flat.Append(font.Length == 2 && font != "\\!" && font is not ("\\(" or "\\)" or "\\[" or "\\]") ? " " : "");
                i += font.Length - 1;
            }
            else if (c is not ('{' or '}' or '$'))
            {
                flat.Append(c);
            }
        }

        return flat.ToString().Trim();
    }

    private static string? Font(string text, int at)
    {
        foreach (string font in Fonts)
        {
            int end = at + font.Length;
            if (string.CompareOrdinal(text, at, font, 0, font.Length) == 0
                && (!char.IsAsciiLetter(font[^1]) || end >= text.Length || !char.IsAsciiLetter(text[end])))
            {
                return font;
            }
        }

        return null;
    }

    private static bool IsTail(string text, int start, int end)
    {
        char c = text[end - 1];
        if (c == '\\')
        {
            return end - start > 2 && text[end - 2] == '\\';
        }

        bool escaped = end - start > 1 && text[end - 2] == '\\' && !(end - start > 2 && text[end - 3] == '\\');
        bool dots = c == '.' && end - start > 1 && text[end - 2] == '.';
        return !escaped && !dots && (c is '.' or ';' or '~' || char.IsWhiteSpace(c));
    }
}
