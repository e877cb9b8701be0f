namespace NaturalThoughts.Answers.Extraction;

/// <summary>Whether an output ends in a loop: the same piece of text again and again.</summary>
public static class RepetitionLoop
{
    /// <summary>Characters at the end that are looked at.</summary>
    private const int Window = 4_000;

    /// <summary>The longest piece, in characters.</summary>
    private const int LongestPiece = 1_000;

    /// <summary>A piece must follow itself at least this often ...</summary>
    private const int FewestRepeats = 4;

    /// <summary>... and the copies must fill at least this many characters, so that "no no no no" or a row of a table is no loop.</summary>
    private const int FewestCharacters = 200;

    /// <summary>
    /// True when the end of the text (a last, broken copy included) consists of at least four copies of a piece of up to 1,000 characters,
    /// over 200 characters or more. A piece of nothing but blanks, rules or dots counts as well: generation did not end there by itself.
    /// </summary>
    public static bool Ends(string text)
    {
        ReadOnlySpan<char> tail = text.AsSpan(Math.Max(0, text.Length - Window));
        if (tail.Length < FewestCharacters)
        {
            return false;
        }

        // border[i]: length of the longest proper border of the first i characters of the reversed tail (Knuth, Morris, Pratt 1977); a
        // prefix of length n with a border b has the period n - b.
        Span<char> reversed = new char[tail.Length];
        tail.CopyTo(reversed);
        reversed.Reverse();
        int[] border = new int[reversed.Length + 1];
        border[0] = -1;
        for (int i = 1, length = -1; i <= reversed.Length; i++)
        {
            while (length >= 0 && reversed[length] != reversed[i - 1])
            {
                length = border[length];
            }

            border[i] = ++length;
            int period = i - length;
            if (i >= FewestCharacters && period <= LongestPiece && i >= FewestRepeats * period)
            {
                return true;
            }
        }

        return false;
    }
}
