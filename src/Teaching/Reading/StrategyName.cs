using System.Text;

namespace NaturalThoughts.Teaching.Reading;

/// <summary>The one spelling of a strategy's name: lower case, words joined by hyphens.</summary>
public static class StrategyName
{
    /// <summary><c>Self Verification</c> and <c>self_verification.</c> are <c>self-verification</c>; a name without letters or digits is empty.</summary>
    public static string Normal(string name)
    {
        StringBuilder text = new();
        foreach (char c in name.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[^1] != '-' && c is not ('\'' or '\u2019'))
            {
                text.Append('-');
            }
        }

        return text.ToString().TrimEnd('-');
    }

    /// <summary>The names in one spelling, each once, in ordinal order.</summary>
    public static IReadOnlyList<string> Normal(IEnumerable<string> names) =>
        [.. names.Select(Normal).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
