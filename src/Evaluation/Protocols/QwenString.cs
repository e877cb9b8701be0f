using System.Text.RegularExpressions;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>QwenLM/Qwen2.5-Math a45202b, evaluation/parser.py, strip_string: one spelling of an answer before it is compared.</summary>
internal static partial class QwenString
{
    private static readonly Regex ZeroDecimals = new(@"(?<whole>\d+)\.0*(?<next>[^\d])", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex ZeroDecimalsAtEnd = new(@"(?<whole>\d+)\.0*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The text without units, signs and blanks, fractions and roots in braces.</summary>
    public static string Strip(string answer)
    {
        string text = Replace(PythonText.Strip(answer), ("\n", "")).TrimEnd('.');
        text = Matrices().Replace(Replace(text, ("\\!", "")), "\\begin{pmatrix}");
        text = Replace(
            text,
            ("\\end{array}", "\\end{pmatrix}"), ("bmatrix", "pmatrix"), ("tfrac", "frac"), ("dfrac", "frac"), ("\\neq", "\\ne"), ("\\leq", "\\le"),
            ("\\geq", "\\ge"), ("\\left", ""), ("\\right", ""), ("\\{", "{"), ("\\}", "}"));
        text = QwenUnits.Remove(WithoutUnitAtEnd(text));
        text = Replace(text, ("^{\\circ}", ""), ("^\\circ", ""), ("\\$", ""), ("$", ""), ("\\(", ""), ("\\)", ""));
        text = Texts().Replace(NumberWords.Read(text) ?? text, "${inside}");
        text = Replace(
            text,
            ("x=", ""), ("y=", ""), ("z=", ""), ("x\\in", ""), ("y\\in", ""), ("z\\in", ""), ("x\\to", ""), ("y\\to", ""), ("z\\to", ""), ("\\emptyset", "{}"),
            ("(-\\infty,\\infty)", "\\mathbb{R}"), ("\\%", ""), ("%", ""), (" .", " 0."), ("{.", "{0."), ("infinity", "\\infty"));
        text = text.Contains("\\infty", StringComparison.Ordinal) ? text : Replace(text, ("inf", "\\infty"));
        text = Boxes().Replace(Replace(text, ("+\\inity", "\\infty"), ("and", ""), ("\\mathbf", "")), "");
        text = text.Contains('j', StringComparison.Ordinal) && !text.Contains('i', StringComparison.Ordinal) ? text.Replace('j', 'i') : text;
        text = ZeroDecimalsAtEnd.Replace(ZeroDecimals.Replace(text, "${whole}${next}"), "${whole}");
        if (text.Length == 0)
        {
            return text;
        }

        text = text[0] == '.' ? "0" + text : text;
        string[] sides = text.Split('=');
        text = sides.Length == 2 && sides[0].Length <= 2 ? sides[1] : text;
        text = Replace(Roots().Replace(text, "\\sqrt{${inside}}"), (" ", ""));

        // The rule is Hendrycks', but a fraction of nothing leaves the text as it is.
        return FixSlash(HendrycksString.FixFractions(text) ?? text);
    }

    /// <summary>\text{...} at the end, from the first \text{ on, unless nothing is left.</summary>
    private static string WithoutUnitAtEnd(string text)
    {
        int unit = text.EndsWith('}') ? text.IndexOf("\\text{", StringComparison.Ordinal) : -1;
        string before = unit < 0 ? text : PythonText.Strip(text[..unit]);
        return before.Length > 0 ? before : text;
    }

    private static string FixSlash(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && parts.All(part => part.Contains("sqrt", StringComparison.Ordinal) || PythonText.IsCanonicalInteger(part))
            ? $"\\frac{{{parts[0]}}}{{{parts[1]}}}"
            : text;
    }

    private static string Replace(string text, params (string From, string To)[] pairs) =>
        pairs.Aggregate(text, (left, pair) => left.Replace(pair.From, pair.To, StringComparison.Ordinal));

    [GeneratedRegex(@"\\begin\{array\}\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Matrices();

    [GeneratedRegex(@"\\text\{(?<inside>[^}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Texts();

    [GeneratedRegex(@"\\mbox\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Boxes();

    [GeneratedRegex(@"\\sqrt(?<inside>[" + PythonText.Word + "]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Roots();
}
