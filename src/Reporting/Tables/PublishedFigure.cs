using System.Globalization;
using System.Text.RegularExpressions;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>A published figure such as <c>37.6 (0.6)</c>: a value, and in parentheses its standard error where there is one.</summary>
internal sealed partial record PublishedFigure(decimal Value, decimal? Error)
{
    /// <summary>Reads a figure; null for anything else.</summary>
    public static PublishedFigure? TryParse(string? text) => Form().Match(text ?? "") is { Success: true } match
        ? new PublishedFigure(Number(match.Groups[1].Value), match.Groups[2].Success ? Number(match.Groups[2].Value) : null)
        : null;

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(?:\(([0-9]{1,9}(?:\.[0-9]{1,9})?)\))?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
