using System.Globalization;
using System.Text;

namespace NaturalThoughts.Pages;

/// <summary>
/// Outcomes in a quarter of their length: <c>length:characters</c>, each character four outcomes as digits to the base 3 (0 wrong, 1 right, 2
/// unparsed), the first one the lowest. The alphabet is 81 of those characters that a script need not escape.
/// </summary>
internal static class PackedOutcomes
{
    private const string Digits = "01-";
    private const int Together = 4;
    private static readonly char[] Alphabet =
        [.. Enumerable.Range('#', 92).Select(code => (char)code).Where(c => !"&'+<>\\`".Contains(c, StringComparison.Ordinal))];

    /// <summary>The packed text; a text that holds another character than 0, 1 and - stays as it is.</summary>
    /// <param name="outcomes">Outcomes as <c>outcomes</c> files hold them; null where there are none.</param>
    public static string? Of(string? outcomes)
    {
        if (outcomes is null || !outcomes.All(Digits.Contains))
        {
            return outcomes;
        }

        StringBuilder text = new();
        text.Append(outcomes.Length.ToString(CultureInfo.InvariantCulture)).Append(':');
        foreach (char[] four in outcomes.Chunk(Together))
        {
            int value = 0;
            for (int i = four.Length - 1; i >= 0; i--)
            {
                value = (3 * value) + Digits.IndexOf(four[i], StringComparison.Ordinal);
            }

            text.Append(Alphabet[value]);
        }

        return text.ToString();
    }
}
