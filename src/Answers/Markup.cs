using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers;

/// <summary>Takes markup off a short text: Markdown, dollars, code marks, and LaTeX's boxes and fonts.</summary>
internal static partial class Markup
{
    private const int DeepestGroup = 8;

    /// <summary>The text without markup, trimmed.</summary>
    public static string Strip(string text)
    {
        string bare = Fonts().Replace(text, "{");
        for (int level = 0; level < DeepestGroup && Group().IsMatch(bare); level++)
        {
            bare = Group().Replace(bare, "$1");
        }

        return Marks().Replace(bare, "").Trim();
    }

    [GeneratedRegex(@"\\(?:boxed|fbox|text|textbf|textit|mathbf|mathrm|textrm|mathit|bf|rm) ?\{", RegexOptions.CultureInvariant)]
    private static partial Regex Fonts();

    // A group that the fonts left: braces around something without braces.
    [GeneratedRegex(@"(?<![\\\w}^_])\{([^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    [GeneratedRegex(@"\*\*+|\A\s*\*|\*\s*\z|`+|\$+|__+|\\[\[\]()]|\A#+ |</?[a-z]+>|<\|[a-z_]+\|>", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
