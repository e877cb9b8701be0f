using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// openai/prm800k 7ecc794, grading/grader.py and math_normalize.py as far as they are rules: Hendrycks' strings, then a normal form of
/// plain text. LaTeX that pylatexenc would turn into text, and sums that sympy would simplify, are not decided. The answer is what follows
/// the heading "# Answer" with which the data's solutions end, else what the last box holds.
/// </summary>
internal static partial class Prm800k
{
    private const string Heading = "# Answer\n";

    private static readonly string[] Units =
        ["degree", "cm", "centimeter", "meter", "mile", "second", "minute", "hour", "day", "week", "month", "year", "foot", "feet", "inch", "yard"];

    private static readonly Regex[] UnitPatterns =
        [.. Units.Select(unit => new Regex(unit + @"(?:es)?s? *(?:\^[0-9]+)?", RegexOptions.CultureInvariant))];

    public static IGradingProtocol Protocol { get; } = new RuleProtocol(
        "prm800k",
        "7ecc794",
        (response, _) => Reading.Of(Extract(response)),
        (question, extracted) => Same(extracted, question.Reference));

    private static string? Extract(string response)
    {
        int heading = response.LastIndexOf(Heading, StringComparison.Ordinal);
        return heading < 0 ? Hendrycks.Inside(Hendrycks.Last(response)) : PythonText.Strip(response[(heading + Heading.Length)..]);
    }

    /// <summary>grade_answer; null where sympy or pylatexenc would decide.</summary>
    private static bool? Same(string given, string reference)
    {
        (string plainReference, string plainGiven) = (Mathd(reference), Mathd(given));
        if (plainReference == plainGiven)
        {
            return true;
        }

        if (Normalize(reference) is not { } a || Normalize(given) is not { } b)
        {
            return null;
        }

        return a == b ? true : b.Length == 0 ? false : SameElements(Elements(a), Elements(b), a, b);
    }

    private static bool? SameElements(string[] a, string[] b, string reference, string given)
    {
        if (a.Length != b.Length || (a.Length > 1 && (reference[0] != given[0] || reference[^1] != given[^1])))
        {
            return false;
        }

        bool? all = true;
        foreach ((string x, string y) in a.Zip(b))
        {
            // Fractions that are not reduced, and anything but an integer for an integer, are wrong; the rest is simplified by sympy.
            bool? same = Fraction().IsMatch(x) && Fraction().IsMatch(y) ? x == y : IsInteger(x) != IsInteger(y) ? false : null;
            if (same == false)
            {
                // An element before this one that sympy finds different gives the same verdict.
                return false;
            }

            all = same is null ? null : all;
        }

        return all;
    }

    private static string Mathd(string answer)
    {
        string text = PythonText.Strip(answer);
        text = Text().Match(text) is { Success: true } match ? PythonText.Strip(match.Groups["text"].Value) : text;
        return HendrycksString.Strip(text) ?? text;
    }

    /// <summary>The normal form; null where LaTeX is left in it.</summary>
    private static string? Normalize(string answer)
    {
        string text = Text().Match(answer) is { Success: true } match ? match.Groups["text"].Value : answer;
        (string From, string To)[] marks =
            [
                ("\\%", "%"), ("\\$", "$"), ("$", ""), ("%", ""), (" or ", " , "), (" and ", " , "), ("million", "*10^6"), ("billion", "*10^9"),
                ("trillion", "*10^12"),
            ];
        text = marks.Aggregate(text, (left, mark) => left.Replace(mark.From, mark.To, StringComparison.Ordinal));
        text = UnitPatterns.Aggregate(text, (left, unit) => unit.Replace(left, ""));
        text = Degrees().Replace(text, "");
        text = text.StartsWith('{') && text.EndsWith('}') && text.Length > 1 ? text[1..^1] : text;
        text = Grouping().Replace(text, "");
        text = PythonText.Float(text) is { } value && Whole(value) is { } whole ? whole : text;
        if (text.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        text = MixedNumber().Replace(Minus().Replace(text, "-"), "${a}+${b}");
        text = text.Replace(" ", "", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal)
            .Replace("}", "", StringComparison.Ordinal).ToLowerInvariant();
        return IsInteger(text) && PythonText.Float(text.Replace(",", "", StringComparison.Ordinal)) is { } number ? Truncated(number) : text;
    }

    private static string[] Elements(string text)
    {
        string bare = WithoutCommas(text);
        bool tuple = bare.Length > 2 && "()[]".Contains(bare[0], StringComparison.Ordinal) && "()[]".Contains(bare[^1], StringComparison.Ordinal)
            && !bare.AsSpan(1, bare.Length - 2).ContainsAny("()[]");
        return bare.Length == 0 ? [] : tuple ? [.. bare[1..^1].Split(',').Select(PythonText.Strip)] : [bare];
    }

    /// <summary>Removes the commas before groups of three digits, until none is left.</summary>
    private static string WithoutCommas(string text)
    {
        while (true)
        {
            string next = Group().Replace(text, "${a}${b}${c}");
            if (next == text)
            {
                return text;
            }

            text = next;
        }
    }

    private static bool IsInteger(string text) => PythonText.Float(WithoutCommas(text)) is { } value && Whole(value) is not null;

    /// <summary>The integer that is within 1e-7; null without one.</summary>
    private static string? Whole(double value) =>
        double.IsFinite(value) && Math.Abs(value - Math.Round(value, MidpointRounding.ToEven)) <= 1e-7
            ? Truncated(Math.Round(value, MidpointRounding.ToEven))
            : null;

    private static string Truncated(double value) => new System.Numerics.BigInteger(value).ToString(System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A\\text\{(?<text>[^\n]+?)\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Text();

    [GeneratedRegex(@"\^ *\\circ", RegexOptions.CultureInvariant)]
    private static partial Regex Degrees();

    [GeneratedRegex(@",\\! *", RegexOptions.CultureInvariant)]
    private static partial Regex Grouping();

    [GeneratedRegex("- *", RegexOptions.CultureInvariant)]
    private static partial Regex Minus();

    [GeneratedRegex("(?<a>[0-9]) +(?<b>[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex MixedNumber();

    [GeneratedRegex(@"(?<a>\d),(?<b>\d\d\d)(?<c>$|\D)", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    [GeneratedRegex(@"^-?[0-9]+.?/0*[1-9][0-9]*.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
