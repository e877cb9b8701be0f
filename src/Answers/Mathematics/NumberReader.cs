using System.Globalization;
using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Reads numbers: thousands in groups of three, decimals, repeating decimals and powers of ten.</summary>
internal static class NumberReader
{
    private const int LargestExponent = 5_000;

    private static readonly string[] Blanks = ["{,}", ",\\!", "\\!,", "\\,", "\\;", "\\:", "\\ ", "~", " "];

    private static readonly string[] Bars = ["\\overline", "\\bar", "\\dot"];

    /// <summary>The number that starts here.</summary>
    /// <param name="text">The formula.</param>
    /// <param name="at">Where it starts; afterwards, where it ends.</param>
    /// <param name="grouped">Whether a comma or a blank between groups of three digits separates thousands here; in a pair it does not.</param>
    /// <param name="digits">The number as it is written, without separators.</param>
    public static Rational Read(string text, ref int at, bool grouped, out string digits)
    {
        string whole = Whole(text, ref at, grouped);
        if (at >= text.Length || (text[at] != '.' && (text[at] | 0x20) != 'e'))
        {
            digits = whole;
            return new Rational(Integer(whole));
        }

        string decimals = "";
        bool point = text[at] == '.' && !(at + 1 < text.Length && text[at + 1] == '.');
        if (point)
        {
            int start = ++at;
            at = EndOfDigits(text, at);
            decimals = text[start..at];
        }

        string period = point ? Period(text, ref at) : "";
        int power = Exponent(text, ref at);
        digits = whole + (point ? "." : "") + decimals;
        BigInteger scale = BigInteger.Pow(10, decimals.Length);
        Rational value = Rational.Of(Integer(whole + decimals), scale);
        if (period.Length > 0)
        {
            digits += "~" + period;
            value += Rational.Of(Integer(period), (BigInteger.Pow(10, period.Length) - 1) * scale);
        }

        if (power != 0)
        {
            digits += "e";
            Rational factor = new(BigInteger.Pow(10, Math.Abs(power)));
            value = power > 0 ? value * factor : value / factor;
        }

        return value;
    }

    public static BigInteger Integer(string digits) =>
        digits.Length == 0
            ? BigInteger.Zero
            : digits.Length < 19 ? long.Parse(digits, CultureInfo.InvariantCulture) : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    public static int EndOfDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static string Whole(string text, ref int at, bool grouped)
    {
        int start = at;
        at = EndOfDigits(text, at);
        string first = text[start..at];
        if (first.Length is 0 or > 3 || first[0] == '0' || at >= text.Length || char.IsAsciiLetter(text[at]))
        {
            return first;
        }

        if (grouped && text[at] == ',' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
        {
            return Grouped(text, ref at, first, ",", closed: true);
        }

        foreach (string blank in Blanks)
        {
            if ((grouped || blank != " ") && string.CompareOrdinal(text, at, blank, 0, blank.Length) == 0)
            {
                return Grouped(text, ref at, first, blank, closed: blank == " ");
            }
        }

        return first;
    }

    /// <summary>The groups that follow; where a chain must be closed, one group of another length makes the whole a list.</summary>
    private static string Grouped(string text, ref int at, string first, string separator, bool closed)
    {
        (string whole, int end) = (first, at);
        while (string.CompareOrdinal(text, end, separator, 0, separator.Length) == 0)
        {
            int start = end + separator.Length;
            int stop = EndOfDigits(text, start);
            if (stop - start != 3)
            {
                if (closed && stop > start)
                {
                    return first;
                }

                break;
            }

            whole += text[start..stop];
            end = stop;
        }

        at = end;
        return whole;
    }

    /// <summary>The digits under a bar, under dots or in brackets.</summary>
    private static string Period(string text, ref int at)
    {
        string period = "";
        while (at < text.Length)
        {
            int next = at;
            if (text[at] == '(' && at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] == '.'))
            {
                int end = EndOfDigits(text, at + 1);
                return end > at + 1 && end < text.Length && text[end] == ')' ? Take(text, at + 1, end, ref at, end + 1) : period;
            }

            foreach (string bar in Bars)
            {
                if (string.CompareOrdinal(text, at, bar, 0, bar.Length) == 0)
                {
                    int start = at + bar.Length;
                    bool braced = start < text.Length && text[start] == '{';
                    start = braced ? start + 1 : start + (start < text.Length && text[start] == ' ' ? 1 : 0);
                    int end = braced ? EndOfDigits(text, start) : Math.Min(start + 1, EndOfDigits(text, start));
                    if (end > start && (!braced || (end < text.Length && text[end] == '}')))
                    {
                        period += text[start..end];
                        next = braced ? end + 1 : end;

                        // A dot over the first and the last digit of the period: those between have none.
                        int between = EndOfDigits(text, next);
                        if (bar == "\\dot" && between > next && string.CompareOrdinal(text, between, bar, 0, bar.Length) == 0)
                        {
                            period += text[next..between];
                            next = between;
                        }
                    }
                }
            }

            if (next == at)
            {
                return period;
            }

            at = next;
        }

        return period;
    }

    private static string Take(string text, int start, int end, ref int at, int next)
    {
        at = next;
        return text[start..end];
    }

    private static int Exponent(string text, ref int at)
    {
        if (at + 1 >= text.Length || (text[at] | 0x20) != 'e')
        {
            return 0;
        }

        int start = at + 1;
        bool signed = text[start] is '+' or '-';
        int end = EndOfDigits(text, signed ? start + 1 : start);
        if (end == start + (signed ? 1 : 0) || (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] is '.' or '_')))
        {
            return 0;
        }

        if (end - start > 6 || !int.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power)
            || Math.Abs(power) > LargestExponent)
        {
            throw new UndecidedException("a power of ten that is too large");
        }

        at = end;
        return power;
    }
}
