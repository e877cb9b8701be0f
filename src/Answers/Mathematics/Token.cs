namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A piece of a written formula.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its name; of a number, its digits as they are written.</param>
/// <param name="Value">A number's value, a numeral's base.</param>
/// <param name="Spaced">Whether a blank comes before it.</param>
/// <param name="Roman">Whether it is in a text or in upright letters.</param>
internal readonly record struct Token(TokenKind Kind, string Text, Rational Value, bool Spaced, bool Roman)
{
    public bool Is(string mark) => Kind == TokenKind.Mark && Text == mark;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
