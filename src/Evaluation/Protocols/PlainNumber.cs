using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>A number as digits, or a LaTeX fraction of two integers, in lowest terms: what every symbolic engine reads alike.</summary>
internal readonly partial record struct PlainNumber(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>Digits that are read: more are left to an engine.</summary>
    private const int MostDigits = 100;

    /// <summary>Reads <c>-12</c>, <c>0.5</c> or <c>\frac{1}{2}</c>; false for anything else.</summary>
    public static bool TryParse(string text, out PlainNumber number)
    {
        number = default;
        if (text.Length > MostDigits || Pattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        (BigInteger a, BigInteger b) = match.Groups["whole"].Success
            ? (Integer(match.Groups["whole"].Value + match.Groups["part"].Value), BigInteger.Pow(10, match.Groups["part"].Length))
            : (Integer(match.Groups["a"].Value), Integer(match.Groups["b"].Value));
        if (b.IsZero)
        {
            return false;
        }

        a = match.Groups["minus"].Success ? -a : a;
        BigInteger divisor = BigInteger.GreatestCommonDivisor(a, b) * b.Sign;
        number = new PlainNumber(a / divisor, b / divisor);
        return true;
    }

    private static BigInteger Integer(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<minus>-)?(?:(?<whole>[0-9]+)(?:\.(?<part>[0-9]+))?|\\frac\{(?<a>-?[0-9]+)\}\{(?<b>-?[0-9]+)\})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
