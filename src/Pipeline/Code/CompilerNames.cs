using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>
/// Takes out of compiler-made names what depends on where files lie and in which order they were compiled: the path's hash in the
/// names of file-local types, the numbers of anonymous types, and the numbers that lambdas, closures and state machines have after
/// the position of their method in its type.
/// </summary>
internal static partial class CompilerNames
{
    /// <summary>Names without the hash of a file's path.</summary>
    public static string WithoutPaths(string text) => FileLocal().Replace(text, "F__");

    /// <summary>Names of anonymous types by their members instead of their number.</summary>
    public static string WithMembers(string text, IReadOnlyDictionary<string, string> anonymous) =>
        Anonymous().Replace(
            text, match => anonymous.TryGetValue(match.Groups["n"].Value, out string? members) ? $"<>f__AnonymousType({members})" : match.Value);

    /// <summary>The number of an anonymous type's name; null for another name.</summary>
    public static string? AnonymousNumber(string name) => Anonymous().Match(name) is { Success: true } match ? match.Groups["n"].Value : null;

    /// <summary>
    /// Renumbers the methods of one outermost type by content: the numbers are ranked by the members in which they occur.
    /// </summary>
    public static List<string> Renumber(List<string> members)
    {
        Dictionary<string, List<string>> occurrences = new(StringComparer.Ordinal);
        foreach (string member in members)
        {
            foreach (string number in Ordinal().Matches(member).Select(match => match.Groups["n"].Value).Distinct(StringComparer.Ordinal))
            {
                if (!occurrences.TryGetValue(number, out List<string>? texts))
                {
                    occurrences.Add(number, texts = []);
                }

                texts.Add(Replace(member, other => other == number ? "@" : "#"));
            }
        }

        Dictionary<string, string> ranks = occurrences
            .Select(pair => (Number: pair.Key, Content: string.Concat(pair.Value.Order(StringComparer.Ordinal))))
            .OrderBy(pair => pair.Content, StringComparer.Ordinal)
            .ThenBy(pair => int.Parse(pair.Number, CultureInfo.InvariantCulture))
            .Select((pair, rank) => (pair.Number, Rank: "r" + rank.ToString(CultureInfo.InvariantCulture)))
            .ToDictionary(pair => pair.Number, pair => pair.Rank, StringComparer.Ordinal);
        return [.. members.Select(member => Replace(member, number => ranks[number]))];
    }

    private static string Replace(string text, Func<string, string> renumber)
    {
        StringBuilder result = new();
        int at = 0;
        foreach (Match match in Ordinal().Matches(text))
        {
            Group number = match.Groups["n"];
            result.Append(text, at, number.Index - at).Append(renumber(number.Value));
            at = number.Index + number.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    [GeneratedRegex("F[0-9A-F]{64}__")]
    private static partial Regex FileLocal();

    [GeneratedRegex("<>f__AnonymousType(?<n>[0-9]+)")]
    private static partial Regex Anonymous();

    // <M>b__12_0, <M>g__Local|12_0, <>9__12_0, <>c__DisplayClass12_0, <M>d__12, <M>O__12_0, <>c__12`1
    [GeneratedRegex(@"(?:>b__|>O__|<>9__|<>c__DisplayClass|>g__[^|<>\s]+\|)(?<n>[0-9]+)(?=_[0-9])|>d__(?<n>[0-9]+)|<>c__(?<n>[0-9]+)(?=`)")]
    private static partial Regex Ordinal();
}
