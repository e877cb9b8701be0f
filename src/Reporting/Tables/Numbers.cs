using System.Globalization;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>One spelling for every number: fixed decimals, half to even on the decimal value, a point, no grouping.</summary>
internal static class Numbers
{
    /// <summary>An exact ratio as a decimal.</summary>
    public static decimal Ratio(long part, long whole) => whole == 0 ? 0 : (decimal)part / whole;

    /// <summary>A decimal with fixed decimals.</summary>
    public static string Fixed(decimal value, int decimals)
    {
        decimal rounded = decimal.Round(value, decimals, MidpointRounding.ToEven);
        return (rounded == 0 ? 0 : rounded).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>A number with fixed decimals; the conversion keeps 15 significant digits, which drops the noise of binary arithmetic.</summary>
    public static string Fixed(double value, int decimals) => double.IsFinite(value) ? Fixed((decimal)value, decimals) : "";

    /// <summary>A decimal with its sign.</summary>
    public static string Signed(decimal value, int decimals)
    {
        string text = Fixed(value, decimals);
        return text.StartsWith('-') ? text : "+" + text;
    }

    /// <summary>A p-value with two significant digits, so that the last bits of a mathematics library never show.</summary>
    public static string P(double? p)
    {
        if (p is not { } value)
        {
            return "";
        }

        string text = value.ToString("E1", CultureInfo.InvariantCulture);
        int exponent = int.Parse(text[(text.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
        return exponent < -4
            ? string.Create(CultureInfo.InvariantCulture, $"{text[..3]}e{exponent}")
            : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("F" + Math.Max(1, 1 - exponent), CultureInfo.InvariantCulture);
    }
}
