namespace NaturalThoughts.Teaching.Reading;

/// <summary>Whether a text ends in a loop: the same run of words again and again, up to its last word.</summary>
public static class RepetitionLoop
{
    /// <summary>How often the run must be there.</summary>
    public const int Rounds = 6;

    /// <summary>How many words the rounds must have together: fewer may be a table or a pattern that is meant.</summary>
    public const int Words = 90;

    private const int Tail = 6000;

    /// <summary>
    /// True where the text's end is a run of words, <see cref="Rounds"/> times or more and <see cref="Words"/> words or more in all. The last
    /// round may be cut.
    /// </summary>
    public static bool Is(string text)
    {
        string[] words = LastWords(text);

        // On the reversed words, the prefix function (Knuth, Morris and Pratt 1977) gives the shortest period of every ending of the text.
        int[] border = new int[words.Length];
        for (int i = 1, k = 0; i < words.Length; i++)
        {
            while (k > 0 && words[i] != words[k])
            {
                k = border[k - 1];
            }

            k += words[i] == words[k] ? 1 : 0;
            border[i] = k;
            int period = i + 1 - k;
            if (i + 1 >= Words && i + 1 >= period * Rounds)
            {
                return true;
            }
        }

        return false;
    }

    private static string[] LastWords(string text)
    {
        List<string> words = [];
        int end = text.Length;
        while (end > 0 && words.Count < Tail)
        {
            while (end > 0 && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            int start = end;
            while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            {
                start--;
            }

            if (end > start)
            {
                words.Add(text[start..end]);
            }

            end = start;
        }

        // The last word may be cut as well.
        return words.Count > 1 ? [.. words.Skip(1)] : [.. words];
    }
}
