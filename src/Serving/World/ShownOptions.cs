using System.Text.RegularExpressions;

namespace NaturalThoughts.Serving.World;

/// <summary>The options that a prompt shows behind its question.</summary>
internal static partial class ShownOptions
{
    private const string InOneLine = "options ";

    /// <summary>The options in the order of the prompt; empty where it shows none.</summary>
    /// <param name="rest">What follows the question's text: options one a line, as in <c>A) 12 km</c>, or in one line, as in
    /// <c>options 12 km , 9 km</c>.</param>
    public static IReadOnlyList<string> Read(string rest)
    {
        string text = rest.TrimStart();
        if (text.StartsWith(InOneLine, StringComparison.Ordinal))
        {
            return text.Split('\n', 2)[0].TrimEnd()[InOneLine.Length..].Split(" , ");
        }

        List<string> options = [];
        foreach (string line in text.Split('\n'))
        {
            Match match = Option().Match(line);
            if (!match.Success || match.Groups[1].Value[0] != 'A' + options.Count)
            {
                break;
            }

            options.Add(match.Groups[2].Value);
        }

        return options;
    }

    [GeneratedRegex(@"^\(?([A-Z])[).:]\s*(.+?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}
