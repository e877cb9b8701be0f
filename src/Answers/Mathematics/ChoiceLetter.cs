namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The letter of an option: alone, in brackets, or before the option's words.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="Marked">Whether brackets or a following sign mark it, so that its case does not count.</param>
/// <param name="HasWords">Whether the option's words follow.</param>
internal readonly record struct ChoiceLetter(char Letter, bool Marked, bool HasWords)
{
    /// <summary>The letter that a text without fonts names; null where it names none.</summary>
    public static ChoiceLetter? Of(string flat)
    {
        ReadOnlySpan<char> text = flat.AsSpan().Trim();
        if (text.IsEmpty)
        {
            return null;
        }

        bool bracket = text[0] is '(' or '[';
        text = bracket ? text[1..].TrimStart() : text;
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
        {
            return null;
        }

        char letter = text[0];
        text = text[1..];
        if (text.IsEmpty)
        {
            return bracket ? null : new(letter, Marked: false, HasWords: false);
        }

        text = bracket ? text.TrimStart() : text;
        bool marked = bracket ? text[0] is ')' or ']' : text[0] is ')' or ']' or ':' or '.';
        if (!marked)
        {
            return null;
        }

        text = text[1..];
        return text.IsWhiteSpace() || IsOption(letter, bracket, text) ? new(letter, Marked: true, HasWords: !text.IsWhiteSpace()) : null;
    }

    /// <summary>Whether two letters name the same option.</summary>
    public bool Same(ChoiceLetter other) => Marked || other.Marked
        ? char.ToUpperInvariant(Letter) == char.ToUpperInvariant(other.Letter)
        : Letter == other.Letter;

    /// <summary>Whether what follows a marked letter is an option's words: not another option, not the rest of a formula.</summary>
    private static bool IsOption(char letter, bool bracket, ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> words = rest.TrimStart();
        bool early = char.ToUpperInvariant(letter) <= 'J';
        bool begins = char.IsLetterOrDigit(words[0]) || words[0] is '$' or '\\' or '-' or '"' or '\'';
        return early && begins && (bracket || words.Length < rest.Length) && words.IndexOfAny("=<>") < 0
            && !words.StartsWith("and ", StringComparison.OrdinalIgnoreCase) && !words.StartsWith("or ", StringComparison.OrdinalIgnoreCase)
            && !NamesAnother(words);
    }

    private static bool NamesAnother(ReadOnlySpan<char> words)
    {
        for (int i = 0; i + 2 < words.Length; i++)
        {
            // "(b)", and "b)" in an enumeration.
            if (words[i] is '(' or '[' or ' ' or ',' && char.IsAsciiLetter(words[i + 1]) && words[i + 2] is ')' or ']')
            {
                return true;
            }
        }

        return false;
    }
}
