namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// The string rules of hendrycks/math 985bdc1, modeling/math_equivalence.py, which prm800k and lm-evaluation-harness took over. Errors
/// that Python raises on odd input make it compare the texts as they are.
/// </summary>
internal static class HendrycksString
{
    /// <summary>True when both texts are the same after <see cref="Strip"/>; as they are where that fails for one of them.</summary>
    /// <param name="given">The answer.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="failsOnWords">True where a slash between two parts that are no integers is an error, as in lm-evaluation-harness.</param>
    public static bool Same(string given, string reference, bool failsOnWords = false)
    {
        (string? a, string? b) = (Strip(given, failsOnWords), Strip(reference, failsOnWords));
        return a is null || b is null ? given == reference : a == b;
    }

    /// <summary>One spelling of fractions, roots, degrees, percent and units; null where Python raises an error.</summary>
    public static string? Strip(string text, bool failsOnWords = false)
    {
        string[] removed = ["\\left", "\\right", "^{\\circ}", "^\\circ", "\\$"];
        string stripped = Replace(Replace(Replace(text, "\n", ""), "\\!", ""), "\\\\", "\\");
        stripped = removed.Aggregate(Replace(Replace(stripped, "tfrac", "frac"), "dfrac", "frac"), (left, mark) => Replace(left, mark, ""));

        // What follows "\text{ " is a unit; two of them are an error.
        string[] unit = stripped.Split("\\text{ ");
        if (unit.Length > 2)
        {
            return null;
        }

        stripped = Replace(Replace(Replace(unit[0], "\\%", ""), " .", " 0."), "{.", "{0.");
        if (stripped.Length == 0)
        {
            return stripped;
        }

        stripped = stripped[0] == '.' ? "0" + stripped : stripped;
        string[] sides = stripped.Split('=');
        stripped = sides.Length == 2 && sides[0].Length <= 2 ? sides[1] : stripped;
        string? fixedUp = FixRoots(stripped) is { } roots ? FixFractions(Replace(roots, " ", "")) : null;
        return fixedUp is null ? null : FixSlash(fixedUp == "0.5" ? "\\frac{1}{2}" : fixedUp, failsOnWords);
    }

    /// <summary>\sqrt3 becomes \sqrt{3}; null at a root of nothing.</summary>
    private static string? FixRoots(string text)
    {
        string[] parts = text.Split("\\sqrt");
        return parts.Skip(1).Any(part => part.Length == 0)
            ? null
            : parts[0] + string.Concat(parts.Skip(1).Select(part => part[0] == '{' ? "\\sqrt" + part : $"\\sqrt{{{part[0]}}}{part[1..]}"));
    }

    /// <summary>\frac12 becomes \frac{1}{2}; null at a fraction of nothing; the text as it is where one has a single character.</summary>
    internal static string? FixFractions(string text)
    {
        string[] parts = text.Split("\\frac");
        List<string> joined = [parts[0]];
        foreach (string part in parts.Skip(1))
        {
            switch (part)
            {
                case "":
                    return null;
                case ['{', ..]:
                    joined.Add("\\frac" + part);
                    break;
                case [_]:
                    return text;
                case [var a, '{', ..]:
                    joined.Add($"\\frac{{{a}}}{part[1..]}");
                    break;
                default:
                    joined.Add($"\\frac{{{part[0]}}}{{{part[1]}}}{part[2..]}");
                    break;
            }
        }

        return string.Concat(joined);
    }

    /// <summary>1/2 becomes \frac{1}{2}; null where one side is no integer and that is an error.</summary>
    private static string? FixSlash(string text, bool failsOnWords)
    {
        string[] parts = text.Split('/');
        if (parts.Length != 2)
        {
            return text;
        }

        if (failsOnWords && !(PythonText.IsInteger(parts[0]) && PythonText.IsInteger(parts[1])))
        {
            return null;
        }

        return parts.All(PythonText.IsCanonicalInteger) ? $"\\frac{{{parts[0]}}}{{{parts[1]}}}" : text;
    }

    private static string Replace(string text, string from, string to) => text.Replace(from, to, StringComparison.Ordinal);
}
