using System.Globalization;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Numbers as text and text as numbers, as Python has them.</summary>
internal static class PythonNumbers
{
    /// <summary>Python's repr of a float: the shortest digits, an exponent below 1e-4 and from 1e16 on.</summary>
    public static string Text(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        string shortest = number.ToString("E16", CultureInfo.InvariantCulture);
        for (int digits = 0; digits < 17; digits++)
        {
            shortest = number.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(shortest, CultureInfo.InvariantCulture).Equals(number))
            {
                break;
            }
        }

        return Layout(shortest);
    }

    /// <summary>Python's int() of a text; null when it is none.</summary>
    public static long? ReadInteger(string text) => Cleaned(text) is { } cleaned
        && long.TryParse(cleaned, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Python's float() of a text; null when it is none.</summary>
    public static double? ReadFloat(string text)
    {
        if (Cleaned(text) is not { } cleaned)
        {
            return null;
        }

        string word = cleaned.TrimStart('+', '-').ToLowerInvariant();
        if (word is "inf" or "infinity" or "nan")
        {
            return word == "nan" ? double.NaN : cleaned[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return word.Length > 0 && (char.IsAsciiDigit(word[0]) || word[0] == '.')
            && double.TryParse(cleaned, Style, CultureInfo.InvariantCulture, out double number) ? number : null;
    }

    /// <summary>Without white space around and underscores between digits; null where these stand elsewhere.</summary>
    private static string? Cleaned(string text)
    {
        string trimmed = PythonText.Trim(text, null, start: true, end: true);
        for (int i = 0; i < trimmed.Length; i++)
        {
            if (trimmed[i] == '_' && !(i > 0 && i + 1 < trimmed.Length && char.IsAsciiDigit(trimmed[i - 1]) && char.IsAsciiDigit(trimmed[i + 1])))
            {
                return null;
            }
        }

        return trimmed.Replace("_", "", StringComparison.Ordinal);
    }

    private static string Layout(string scientific)
    {
        string sign = scientific[0] == '-' ? "-" : "";
        int mark = scientific.IndexOf('E', StringComparison.Ordinal);
        string digits = scientific[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= 16)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return sign + "0." + new string('0', -exponent - 1) + digits;
        }

        string whole = digits.Length > exponent + 1 ? digits[..(exponent + 1)] : digits.PadRight(exponent + 1, '0');
        string rest = digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0";
        return $"{sign}{whole}.{rest}";
    }
}
