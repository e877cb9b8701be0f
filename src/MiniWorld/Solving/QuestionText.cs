using System.Globalization;

namespace NaturalThoughts.MiniWorld.Solving;

/// <summary>A question as its words; all that the fast solver ever sees.</summary>
internal sealed class QuestionText
{
    public QuestionText(string text)
    {
        string[] parts = text.TrimEnd('?', ' ').Split(" . ", StringSplitOptions.RemoveEmptyEntries);
        List<string[]> sentences = [];
        int words = 0;
        foreach (string part in parts.SkipLast(1))
        {
            string[] sentence = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            words += sentence.Length;
            if (words > FastSolver.Span && sentences.Count > 0)
            {
                break;
            }

            sentences.Add(sentence);
        }

        Sentences = sentences;
        Ask = parts.Length == 0 ? [] : parts[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Words = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>The words of the first sentences, as far as the reader's span goes.</summary>
    public IReadOnlyList<string[]> Sentences { get; }

    /// <summary>The words of the sentence that asks.</summary>
    public string[] Ask { get; }

    /// <summary>The words of the question, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>True when one of the words occurs.</summary>
    public bool Has(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (Words.Contains(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The numbers among words.</summary>
    public static List<int> Numbers(IEnumerable<string> words) =>
        [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)
            .Where(number => number >= 0)];

    /// <summary>The word after <paramref name="word"/>; null for none.</summary>
    public static string? After(string[] words, string word) =>
        Array.IndexOf(words, word) is int at && at >= 0 && at + 1 < words.Length ? words[at + 1] : null;

    /// <summary>The word before <paramref name="word"/>; null for none.</summary>
    public static string? Before(string[] words, string word) => Array.IndexOf(words, word) is int at && at > 0 ? words[at - 1] : null;
}
