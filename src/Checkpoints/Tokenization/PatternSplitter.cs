namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>
/// The pieces of Llama-3's and Qwen2's splitting pattern, scanned by hand over code points: .NET's regular expressions see the halves of
/// surrogate pairs, and would split a word at a letter beyond U+FFFF. Every character belongs to a piece.
/// </summary>
internal sealed class PatternSplitter
{
    /// <summary>The pattern of Llama-3: up to three digits are a piece.</summary>
    public const string Llama3 =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The pattern of Qwen2: each digit is a piece.</summary>
    public const string Qwen2 =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private readonly int _longestNumber;

    private PatternSplitter(int longestNumber) => _longestNumber = longestNumber;

    /// <summary>The splitter of a pattern, or null where the pattern is another one.</summary>
    public static PatternSplitter? For(string? pattern) => pattern switch
    {
        Llama3 => new PatternSplitter(3),
        Qwen2 => new PatternSplitter(1),
        _ => null,
    };

    /// <summary>Length in UTF-16 units of the piece at the beginning of <paramref name="text"/>, which is not empty.</summary>
    public int NextLength(ReadOnlySpan<char> text)
    {
        CharacterClass first = CharacterClasses.At(text, 0, out int length);
        if (first == CharacterClass.Letter)
        {
            return Run(text, length, CharacterClass.Letter, int.MaxValue);
        }

        if (first == CharacterClass.Number)
        {
            return Run(text, length, CharacterClass.Number, _longestNumber - 1);
        }

        if (text[0] == '\'' && Contraction(text) is var contraction and > 0)
        {
            return contraction;
        }

        if (first == CharacterClass.LineEnd || length == text.Length)
        {
            return first is CharacterClass.LineEnd ? Blank(text) : length;
        }

        CharacterClass second = CharacterClasses.At(text, length, out int next);
        if (second == CharacterClass.Letter)
        {
            return Run(text, length + next, CharacterClass.Letter, int.MaxValue);
        }

        if (first == CharacterClass.Other)
        {
            return LineEnds(text, Run(text, length, CharacterClass.Other, int.MaxValue));
        }

        return second == CharacterClass.Other && text[0] == ' '
            ? LineEnds(text, Run(text, length + next, CharacterClass.Other, int.MaxValue))
            : Blank(text);
    }

    /// <summary>
    /// The length of <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)</c> at the beginning, or 0. Without regard to case the long s (U+017F) is an s, as in
    /// Oniguruma, which the reference uses.
    /// </summary>
    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        switch (text[1])
        {
            case 's' or 'S' or '\u017F' or 't' or 'T' or 'm' or 'M' or 'd' or 'D':
                return 2;
            case 'r' or 'R' or 'v' or 'V':
                return text.Length > 2 && text[2] is 'e' or 'E' ? 3 : 0;
            case 'l' or 'L':
                return text.Length > 2 && text[2] is 'l' or 'L' ? 3 : 0;
            default:
                return 0;
        }
    }

    /// <summary>
    /// White space: up to the last line end in it; without one, up to the text's end, or all but the last character where more text
    /// follows and there are two at least.
    /// </summary>
    private static int Blank(ReadOnlySpan<char> text)
    {
        int end = 0;
        int lineEnd = 0;
        while (end < text.Length)
        {
            CharacterClass found = CharacterClasses.At(text, end, out int length);
            if (found is not (CharacterClass.Space or CharacterClass.LineEnd))
            {
                break;
            }

            end += length;
            lineEnd = found == CharacterClass.LineEnd ? end : lineEnd;
        }

        if (lineEnd > 0)
        {
            return lineEnd;
        }

        return end == text.Length || end == 1 ? end : end - 1;
    }

    private static int LineEnds(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    /// <summary>The end of a run of at most <paramref name="longest"/> more code points of a class, from <paramref name="at"/> on.</summary>
    private static int Run(ReadOnlySpan<char> text, int at, CharacterClass wanted, int longest)
    {
        while (longest-- > 0 && at < text.Length && CharacterClasses.At(text, at, out int length) == wanted)
        {
            at += length;
        }

        return at;
    }
}
