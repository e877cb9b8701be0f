using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>Reads a value out of an output that labels no answer: the last formula of its last sentence, or the value that ends it.</summary>
internal static partial class FreeProse
{
    /// <summary>The value; null for a refusal, a sentence that is cut off, or one without a value at its end.</summary>
    public static string? Read(string visible)
    {
        string last = Sentences.Last(visible).Sentence;
        if (last.Length is 0 or > Commitment.LongestText || Sentences.IsRefusal(last) || CutOff().IsMatch(last) || last.EndsWith('?'))
        {
            return null;
        }

        if (Formulas().Matches(last) is { Count: > 0 } formulas)
        {
            string formula = formulas[^1].Groups["formula"].Value.Trim();
            return last.EndsWith('.') || last.EndsWith('$') || last.EndsWith(')') || last.EndsWith(']') || last.EndsWith('*') ? Result(Full(formula)) : null;
        }

        string bare = Full(Markup.Outer(Connective().Replace(last, "")));
        if (bare.Length > 0 && bare.AsSpan().ContainsAnyInRange('0', '9') && !Word().IsMatch(bare))
        {
            return Result(bare);
        }

        return EndValue().Match(Full(Markup.Outer(last))) is { Success: true } end ? end.Groups["value"].Value.Trim() : null;
    }

    /// <summary>The right side of a calculation: 142 - 14 = 128 is 128. An equation in variables stays as it is.</summary>
    private static string? Result(string formula)
    {
        int equals = formula.LastIndexOf('=');
        string result = equals > 0 && !Commands().Replace(formula[..equals], "").Any(char.IsLetter) && !formula.Contains(',', StringComparison.Ordinal)
            ? formula[(equals + 1)..].Trim()
            : formula;
        return result.Length == 0 ? null : result;
    }

    /// <summary>The text without the full stop at its end.</summary>
    private static string Full(string text) => text.EndsWith('.') ? text[..^1].TrimEnd() : text;

    [GeneratedRegex(@"\$\$?(?<formula>[^$]+)\$\$?|\\\((?<formula>.+?)\\\)|\\\[(?<formula>.+?)\\\]", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Formulas();

    [GeneratedRegex(@"\\[A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Commands();

    [GeneratedRegex(@"[,;:+*/=(\[{\\-]\z|\b(?:and|or|is|are|the|of|to|a|an|that|with|for|by)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CutOff();

    [GeneratedRegex(@"\A(?:so|thus|hence|therefore|finally|then|i\.e\.)\b[,:]?\s*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Connective();

    // A word of prose: two letters or more that are no command, no function and no "or" between solutions.
    [GeneratedRegex(
        @"(?<![A-Za-z\\])(?!(?:or|and|sqrt|sin|cos|tan|log|ln|exp|pi|min|max|gcd|lcm|mod|inf)\b)[A-Za-z]{2,}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // "is 9/2", "add to 9/2", "= 128", "The point is (2, 5)": digits and signs up to the end, no words among them.
    [GeneratedRegex(
        @"(?:\b(?:is|are|to|was|gives|give|get|obtain|equals|equal|be|of|yields|makes|totals|by)|[=:≈])\s+(?<value>[(\[{]?[-+−$]?(?:\d|\.\d|[(\[{\\√])"
        + @"(?:[^A-Za-z]|\\[A-Za-z]+|(?<![A-Za-z])[A-Za-z](?![A-Za-z])){0,80})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex EndValue();
}
