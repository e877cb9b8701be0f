using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// QwenLM/Qwen2.5-Math a45202b, evaluation/parser.py (extract_answer for "math") and grader.py (math_equal) as far as it is a rule: equal
/// texts, numbers within a ten-thousandth, brackets apart, parts of tuples and matrices. The rest is sympy's.
/// </summary>
internal static partial class QwenMath
{
    private const int DeepestParts = 4;

    public static IGradingProtocol Protocol { get; } = new RuleProtocol(
        "qwen-math",
        "a45202b",
        (response, _) =>
            Extract(response.Replace("\u043a\u0438", "", StringComparison.Ordinal)) is { Length: > 0 } answer ? Reading.Of(answer) : Reading.Placeholder(""),
        (question, extracted) => Same(extracted, QwenString.Strip(question.Reference), DeepestParts));

    private static string Extract(string response)
    {
        string answer = NewLines().Replace(Find(response), "");
        answer = answer.StartsWith(':') ? answer[1..] : answer;
        answer = answer.EndsWith('.') ? answer[..^1] : answer;
        answer = answer.EndsWith('/') ? answer[..^1] : answer;
        return QwenString.Strip(answer);
    }

    private static string Find(string response)
    {
        if (response.Contains("final answer is $", StringComparison.Ordinal) && response.Contains("$. I hope", StringComparison.Ordinal))
        {
            string rest = response[(response.IndexOf("final answer is $", StringComparison.Ordinal) + "final answer is $".Length)..];
            int end = rest.IndexOf("$. I hope", StringComparison.Ordinal);
            return PythonText.Strip(end < 0 ? rest : rest[..end]);
        }

        foreach (string label in new[] { "boxed", "he answer is", "final answer is" })
        {
            if (response.LastIndexOf(label, StringComparison.Ordinal) is >= 0 and int at)
            {
                string rest = response[(at + label.Length)..];
                return label == "boxed" ? Boxed(rest) : PythonText.Strip(rest);
            }
        }

        if (response.Split("答案是") is [_, string chinese, ..])
        {
            return PythonText.Strip(PythonText.Strip(chinese).Split("\n\n")[0]);
        }

        Match? last = null;
        for (Match number = Number().Match(response.Replace(",", "", StringComparison.Ordinal)); number.Success; number = number.NextMatch())
        {
            last = number;
        }

        return last?.Value ?? "";
    }

    private static string Boxed(string rest)
    {
        if (!rest.StartsWith('{'))
        {
            int dollar = rest.IndexOf('$');
            return PythonText.Strip(dollar < 0 ? rest : rest[..dollar]);
        }

        int open = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            open += rest[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (open == 0)
            {
                return rest[1..i];
            }
        }

        return rest[1..];
    }

    /// <summary>math_equal; true and false where rules decide, null where sympy would.</summary>
    private static bool? Same(string given, string reference, int depth)
    {
        if (Lower(PythonText.Strip(given)) == Lower(PythonText.Strip(reference)))
        {
            return true;
        }

        if (reference is [>= 'A' and <= 'E'] && Letter(given) == reference[0])
        {
            return true;
        }

        if (depth == 0)
        {
            return null;
        }

        if (Digits(given) is { } a && Digits(reference) is { } b)
        {
            return new[] { b / 100, b, b * 100 }.Any(value => IsClose(value, a));
        }

        if (given.Length == 0)
        {
            return false;
        }

        (string left, string right) = (PythonText.Strip(given), PythonText.Strip(reference));
        bool matrixAlone = left.Contains("pmatrix", StringComparison.Ordinal) && !right.Contains("pmatrix", StringComparison.Ordinal);
        return !matrixAlone && (SameWithoutBrackets(left, right) || SameParts(left, right, depth)) ? true : null;
    }

    /// <summary>choice_answer_clean: the last letter from A to E that is alone, the text in capitals.</summary>
    private static char? Letter(string given)
    {
        string upper = given.ToUpperInvariant();
        return PythonText.LastLoneLetter(upper, 'E') is >= 0 and int last ? upper[last] : null;
    }

    private static bool SameWithoutBrackets(string given, string reference)
    {
        bool trims = (given.StartsWith('[') && given.EndsWith(']') && !reference.StartsWith('('))
            || (given.StartsWith('(') && given.EndsWith(')') && !reference.StartsWith('['));
        string Bare(string text) => Brackets().Replace(trims ? text.Trim('[', ']', '(', ')') : text, "");
        return Lower(Bare(given)) == Lower(Bare(reference));
    }

    private static bool SameParts(string given, string reference, int depth)
    {
        if (!Tuple().IsMatch(given) || !Tuple().IsMatch(reference))
        {
            return false;
        }

        (string[] a, string[] b) = (given[1..^1].Split(','), reference[1..^1].Split(','));
        return a.Length == b.Length && a.Zip(b).All(pair => Same(pair.First, pair.Second, depth - 1) == true);
    }

    private static double? Digits(string text)
    {
        string number = text.Replace(",", "", StringComparison.Ordinal);
        return PythonText.Float(number) ?? (number.EndsWith('%') ? PythonText.Float(number[..^1].TrimEnd('\\')) / 100 : null);
    }

    // math.isclose with rel_tol 1e-4.
    private static bool IsClose(double a, double b) =>
        a == b || (double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= 1e-4 * Math.Max(Math.Abs(a), Math.Abs(b)));

    private static string Lower(string text) => text.ToLowerInvariant();

    [GeneratedRegex(@"\n[" + PythonText.Space + "]*", RegexOptions.CultureInvariant)]
    private static partial Regex NewLines();

    [GeneratedRegex(@"-?\d*\.?\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"[{}()]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\A[(\[][^\n]+[)\]]", RegexOptions.CultureInvariant)]
    private static partial Regex Tuple();
}
