using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>Finds the words of options in a text.</summary>
internal static partial class OptionWords
{
    /// <summary>
    /// The letters of the options whose words are in the text, apart from letter case and punctuation. Words that are only inside of
    /// another option's words do not count: <c>O(n log n)</c> does not name <c>O(n)</c>, nor <c>PL/4</c> the option <c>PL</c>.
    /// </summary>
    public static List<string> Named(string text, IReadOnlyList<string> options)
    {
        string left = Fold(text);
        List<string> letters = [];
        IEnumerable<(string Words, int Index)> longestFirst = options.Select((option, index) => (Fold(option), index))
            .OrderByDescending(option => option.Item1.Length);
        foreach ((string words, int index) in longestFirst)
        {
            if (words.Length > 2 && left.Contains(words, StringComparison.Ordinal))
            {
                letters.Add(((char)('A' + index)).ToString());
                left = left.Replace(words, " # ", StringComparison.Ordinal);
            }
        }

        return letters;
    }

    /// <summary>Words in lower case between single blanks, one blank at each end.</summary>
    public static string Fold(string text) => " " + Separators().Replace(text.ToLowerInvariant(), " ").Trim() + " ";

    [GeneratedRegex(@"[^\p{L}\p{N}.,/^+\-]+|[.,](?=\s|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
