using System.Globalization;
using System.Text.RegularExpressions;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>
/// What a plain scalar is: numbers as in JSON, nothing of YAML 1.1's octal, sexagesimal or <c>yes</c> and <c>no</c>.
/// </summary>
internal static partial class ScalarText
{
    public static bool IsInteger(string text) => Integer().IsMatch(text);

    public static bool TryNumber(string text, out double value)
    {
        value = 0;
        return Number().IsMatch(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    [GeneratedRegex("^-?(0|[1-9][0-9]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
