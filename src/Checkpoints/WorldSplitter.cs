namespace NaturalThoughts.Checkpoints;

/// <summary>
/// The pieces of the pattern <c> ?[A-Za-z]+| ?[0-9]| ?[^\sA-Za-z0-9]|\s</c> (<see cref="Pattern"/>), scanned by hand: a run of letters,
/// one digit, or one other character, each with a blank before it where there is one, or one white-space character. Every character
/// belongs to a piece, so "Isolated" leaves nothing between pieces. A character is a code point, as in the reference's regex engine.
/// </summary>
internal static class WorldSplitter
{
    public const string Pattern = @" ?[A-Za-z]+| ?[0-9]| ?[^\sA-Za-z0-9]|\s";

    /// <summary>Length in UTF-16 units of the piece at the begin of <paramref name="text"/>, which is not empty.</summary>
    public static int NextLength(ReadOnlySpan<char> text)
    {
        int at = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        char first = text[at];
        if (char.IsAsciiLetter(first))
        {
            at++;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                at++;
            }

            return at;
        }

        if (char.IsWhiteSpace(first))
        {
            return 1;
        }

        return at + (char.IsHighSurrogate(first) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1);
    }
}
