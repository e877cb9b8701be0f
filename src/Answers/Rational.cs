using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers;

/// <summary>An exact number in lowest terms; the denominator is positive.</summary>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>Longer texts and powers of ten stay text: no answer is that long, and reading them would cost time.</summary>
    private const int LongestText = 20_000;
    private const int LargestExponent = 1_000;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Digits in groups of three, or without groups; then decimals and a power of ten.
    private const string Unsigned = @"(?<whole>[1-9][0-9]{0,2}(,[0-9]{3})+|[0-9]*)(\.(?<decimals>[0-9]*))?([eE](?<exponent>[+-]?[0-9]{1,4}))?";

    private static readonly Regex Decimal = new($@"\A(?<sign>[+-]?) ?{Unsigned}\z", Options);

    private static readonly Regex Fraction = new(@"\A(?<sign>[+-]?) ?((?<whole>[0-9]+) )?(?<over>[0-9]+) ?/ ?(?<under>[0-9]+)\z", Options);

    /// <summary>Reads <c>-1,234.50</c>, <c>.5</c>, <c>3.2e5</c>, <c>6/8</c> or <c>2 3/5</c>, written in ASCII.</summary>
    public static bool TryParse(string text, out Rational number)
    {
        number = default;
        return text.Length is > 0 and <= LongestText && (TryDecimal(text, ref number) || TryFraction(text, ref number));
    }

    /// <summary>The number times another.</summary>
    public Rational Times(BigInteger numerator, BigInteger denominator) => Reduced(Numerator * numerator, Denominator * denominator);

    /// <summary><c>n</c> or <c>n/d</c>.</summary>
    public override string ToString() => Denominator.IsOne
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static bool TryDecimal(string text, ref Rational number)
    {
        Match match = Decimal.Match(text);
        string whole = match.Groups["whole"].Value.Replace(",", "", StringComparison.Ordinal);
        string decimals = match.Groups["decimals"].Value;
        if (!match.Success || whole.Length + decimals.Length == 0)
        {
            return false;
        }

        Group power10 = match.Groups["exponent"];
        int exponent = power10.Success ? int.Parse(power10.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        if (Math.Abs(exponent) > LargestExponent)
        {
            return false;
        }

        BigInteger digits = Signed(match, Integer(whole + decimals));
        int power = exponent - decimals.Length;
        number = power >= 0 ? new Rational(digits * BigInteger.Pow(10, power), 1) : Reduced(digits, BigInteger.Pow(10, -power));
        return true;
    }

    private static bool TryFraction(string text, ref Rational number)
    {
        Match match = Fraction.Match(text);
        if (!match.Success || Integer(match.Groups["under"].Value) is not { IsZero: false } under)
        {
            return false;
        }

        BigInteger over = Integer(match.Groups["over"].Value);
        BigInteger whole = match.Groups["whole"].Success ? Integer(match.Groups["whole"].Value) : 0;
        number = Reduced(Signed(match, (whole * under) + over), under);
        return true;
    }

    private static BigInteger Integer(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static BigInteger Signed(Match match, BigInteger value) => match.Groups["sign"].Value == "-" ? -value : value;

    private static Rational Reduced(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new Rational(numerator / divisor, denominator / divisor);
    }
}
