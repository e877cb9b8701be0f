namespace NaturalThoughts.MiniWorld;

/// <summary>
/// The world's word-level tokens, as its tokenizer.json splits text: a run of ASCII letters, one digit or one other character, each
/// with the blank before it, or one white-space character.
/// </summary>
public static class WorldTokens
{
    /// <summary>The regular expression of tokenizer.json's <c>Split</c>, whose pieces are kept (<c>Isolated</c>).</summary>
    public const string Pattern = @" ?[A-Za-z]+| ?[0-9]| ?[^\sA-Za-z0-9]|\s";

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
    public static int Count(string text)
    {
        int count = 0;
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            rest = rest[NextLength(rest)..];
            count++;
        }

        return count;
    }

    private static int NextLength(ReadOnlySpan<char> text)
    {
        int at = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        if (!char.IsAsciiLetter(text[at]))
        {
            return char.IsWhiteSpace(text[at]) ? 1 : at + 1;
        }

        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            at++;
        }

        return at;
    }
}
