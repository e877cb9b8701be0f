using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// EleutherAI/lm-evaluation-harness 4e7e0d4: tasks/hendrycks_math 1.0 (also hendrycks_math500) and the exact match of tasks/minerva_math
/// 3.0. Sympy decides the latter: only what it cannot see otherwise (numbers and plain fractions) is decided here.
/// </summary>
internal static partial class LmEvalMath
{
    private const string Invalid = "[invalidanswer]";

    // Not backtracking: a line that repeats the label must not cost its square.
    private static readonly Regex Final = new(
        "Final Answer: The final answer is(?<answer>.*?). I hope it is correct.",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Lewkowycz et al. 2022, appendix D, as the harness spells it.</summary>
    private static readonly (string From, string To)[] Substitutions =
    [
        ("an ", ""), ("a ", ""), (".$", "$"), ("\\$", ""), ("\\ ", ""), (" ", ""), ("mbox", "text"), (",\\text{and}", ","), ("\\text{and}", ","),
        ("\\text{m}", "\\text{}"),
    ];

    private static readonly string[] Removed =
    [
        "square", "ways", "integers", "dollars", "mph", "inches", "ft", "hours", "km", "units", "\\ldots", "sue", "points", "feet", "minutes",
        "digits", "cents",
        "degrees", "cm", "gm", "pounds", "meters", "meals", "edges", "students", "childrentickets", "multiples", "\\text{s}", "\\text{.}", "\\text{\ns}",
        "\\text{}^2", "\\text{}^3", "\\text{\n}", "\\text{}", "\\mathrm{th}", "^\\circ", "^{\\circ}", "\\;", ",\\!", "{,}", "\"", "\\dots",
    ];

    /// <summary>The text between the first and the last dollar, or the whole response: a boxed answer in dollars is wrong.</summary>
    public static IGradingProtocol Hendrycks { get; } = new RuleProtocol(
        "lm-eval-hendrycks-math",
        "1.0",
        (response, _) => Reading.Of(BetweenDollars(response)),
        (question, extracted) => HendrycksString.Same(extracted, question.Reference, failsOnWords: true));

    /// <summary>The first "Final Answer: The final answer is ... I hope it is correct.", normalised.</summary>
    public static IGradingProtocol MinervaExact { get; } = new RuleProtocol("lm-eval-minerva-exact", "3.0", Minerva, SameMinerva);

    private static string BetweenDollars(string response)
    {
        (int first, int last) = (response.IndexOf('$'), response.LastIndexOf('$'));
        return first == last ? response : response[(first + 1)..last];
    }

    private static Reading Minerva(string response, Question question) =>
        Final.Match(response + "I hope it is correct.") is { Success: true } match
            ? Reading.Of(Normalize(PythonText.Strip(match.Groups["answer"].Value)))
            : Reading.Placeholder(Normalize(Invalid));

    private static string Normalize(string answer)
    {
        string text = answer[(answer.LastIndexOf('=') + 1)..];
        text = Substitutions.Aggregate(text, (left, pair) => left.Replace(pair.From, pair.To, StringComparison.Ordinal));
        text = Removed.Aggregate(text, (left, mark) => left.Replace(mark, "", StringComparison.Ordinal));
        text = Dollars().Replace(text, "$$${inside}$$");
        text = Fonts().Replace(text, "${inside}");
        text = Bold().Replace(text, "${inside}");
        text = Overline().Replace(text, "${inside}");
        text = Boxed().Replace(text, "${inside}");
        text = ShortFraction().Replace(text, "frac{${a}}{${b}}");
        text = ShortRoot().Replace(text, "sqrt{${a}}").Replace("$", "", StringComparison.Ordinal);
        string digits = text.Replace(",", "", StringComparison.Ordinal);
        return digits.Length > 0 && digits.All(char.IsDigit) ? digits : text;
    }

    /// <summary>Numbers and fractions of integers are compared by value; everything else is sympy's.</summary>
    private static bool? SameMinerva(Question question, string extracted)
    {
        if (extracted == Invalid)
        {
            return false;
        }

        return PlainNumber.TryParse(extracted, out PlainNumber a) && PlainNumber.TryParse(Normalize(question.Reference), out PlainNumber b) ? a == b : null;
    }

    [GeneratedRegex(@"[^\n$]*\$(?<inside>[^\n$]*)\$[^\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Dollars();

    [GeneratedRegex(@"\\text\{(?<inside>[^\n}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Fonts();

    [GeneratedRegex(@"\\textbf\{(?<inside>[^\n}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Bold();

    [GeneratedRegex(@"\\overline\{(?<inside>[^\n}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Overline();

    [GeneratedRegex(@"\\boxed\{(?<inside>[^\n]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Boxed();

    [GeneratedRegex(@"frac(?<a>[^{])(?<b>[^\n])", RegexOptions.CultureInvariant)]
    private static partial Regex ShortFraction();

    [GeneratedRegex(@"sqrt(?<a>[^{])", RegexOptions.CultureInvariant)]
    private static partial Regex ShortRoot();
}
