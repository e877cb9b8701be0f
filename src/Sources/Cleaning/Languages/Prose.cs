using System.Text.RegularExpressions;

namespace NaturalThoughts.Sources.Cleaning.Languages;

/// <summary>Takes what is no prose out of a text: formulas, LaTeX commands, code, drawings, links and tags.</summary>
internal static partial class Prose
{
    // More tells no more, and bounds the work on a text that is all openings.
    private const int Most = 16_384;

    /// <summary>The first 16,384 characters with a blank in place of each such part.</summary>
    public static string Of(string text)
    {
        string start = text.Length > Most ? text[..Most] : text;
        return start.AsSpan().IndexOfAny("\\$`[</") < 0 ? start : NoProse().Replace(start, " ");
    }

    // Each quantifier is bounded: an opening without its end costs 5,000 steps at most. A dollar sign opens a formula by pandoc's rule
    // (tex_math_dollars): no blank behind the first, none before the last, no digit behind it; so prices are prose.
    [GeneratedRegex(
        """
        ```.{0,5000}?```
        | `[^`\n]{1,500}`
        | \[asy\].{0,5000}?\[/asy\]
        | \$\$[^$]{1,5000}\$\$
        | \$(?![\s$])(?:[^$\\\n]|\\.){0,999}(?<![\s\\])\$(?!\d)
        | \\\(.{0,5000}?\\\)
        | \\\[.{0,5000}?\\\]
        | \\(?:begin|end|mathrm|mathbf|mathit|mathcal|mathbb|mathsf|operatorname|label|ref|eqref|cite)\*?\s?\{[^{}]{0,200}\}
        | \\[a-zA-Z]{1,40}\*?
        | https?://[^\s]{1,2000}
        | www\.[^\s]{1,2000}
        | </?[a-zA-Z][^<>\s]{0,100}(?:\s[^<>]{0,300}=[^<>]{0,300})?/?>
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex NoProse();
}
