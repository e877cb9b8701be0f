using System.Globalization;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>The class of code points by the runtime's Unicode data, 16.0 in .NET 10; other data differ for code points assigned since.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] BasicPlane = Build();

    /// <summary>The class of the code point at the beginning of a text that is not empty, and its length in UTF-16 units.</summary>
    public static CharacterClass At(ReadOnlySpan<char> text, int at, out int length)
    {
        char first = text[at];
        if (char.IsHighSurrogate(first) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            length = 2;
            return Of(char.ConvertToUtf32(first, text[at + 1]));
        }

        length = 1;
        return BasicPlane[first];
    }

    /// <summary>The class of a code point; half of a surrogate pair is <see cref="CharacterClass.Other"/>.</summary>
    public static CharacterClass Of(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
        _ when codePoint is '\r' or '\n' => CharacterClass.LineEnd,
        _ when codePoint <= char.MaxValue && char.IsWhiteSpace((char)codePoint) => CharacterClass.Space,
        _ => CharacterClass.Other,
    };

    private static CharacterClass[] Build()
    {
        CharacterClass[] classes = new CharacterClass[char.MaxValue + 1];
        for (int codePoint = 0; codePoint < classes.Length; codePoint++)
        {
            classes[codePoint] = Of(codePoint);
        }

        return classes;
    }
}
