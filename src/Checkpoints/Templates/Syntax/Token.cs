namespace NaturalThoughts.Checkpoints.Templates.Syntax;

/// <summary>A piece of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string, without quotes and escapes.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Number">The value of a number.</param>
internal sealed record Token(TokenKind Kind, string Text, int Line, object? Number = null)
{
    /// <summary>True for this operator or bracket.</summary>
    public bool Is(string text) => Kind == TokenKind.Operator && Text == text;

    /// <summary>Whether the token is this name or keyword.</summary>
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;
}
