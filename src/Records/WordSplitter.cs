namespace NaturalThoughts.Records;

/// <summary>
/// The word-level pieces of a text, as <see cref="Pattern"/> splits it, scanned by hand: a run of ASCII letters, a number of one or two
/// digits, or one other character, each with a blank before it where there is one, or one white-space character. Every character
/// belongs to a piece. A character is a code point.
/// </summary>
public static class WordSplitter
{
    /// <summary>The regular expression of a tokenizer.json's <c>Split</c>, whose pieces are kept (<c>Isolated</c>).</summary>
    public const string Pattern = @" ?[A-Za-z]+| ?[0-9]{1,2}| ?[^\sA-Za-z0-9]|\s";

    /// <summary>The pieces of a text; together they are the text.</summary>
    public static IEnumerable<string> Split(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            int length = NextLength(text.AsSpan(at));
            yield return text.Substring(at, length);
            at += length;
        }
    }

    /// <summary>The number of pieces.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (text.Length > 0)
        {
            text = text[NextLength(text)..];
            count++;
        }

        return count;
    }

    /// <summary>Length in UTF-16 units of the piece at the beginning of <paramref name="text"/>, which is not empty.</summary>
    public static int NextLength(ReadOnlySpan<char> text)
    {
        int at = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        char first = text[at];
        if (char.IsAsciiLetter(first))
        {
            return at + Run(text[at..], char.IsAsciiLetter, int.MaxValue);
        }

        if (char.IsAsciiDigit(first))
        {
            return at + Run(text[at..], char.IsAsciiDigit, 2);
        }

        if (char.IsWhiteSpace(first))
        {
            return 1;
        }

        return at + (char.IsHighSurrogate(first) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1);
    }

    private static int Run(ReadOnlySpan<char> text, Func<char, bool> belongs, int longest)
    {
        int length = 1;
        while (length < Math.Min(text.Length, longest) && belongs(text[length]))
        {
            length++;
        }

        return length;
    }
}
