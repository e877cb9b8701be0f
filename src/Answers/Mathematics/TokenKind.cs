namespace NaturalThoughts.Answers.Mathematics;

/// <summary>What a piece of a written formula is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the formula.</summary>
    End,

    /// <summary>A number; the token holds its value and its digits.</summary>
    Number,

    /// <summary>Digits with a base.</summary>
    Numeral,

    /// <summary>A letter or a constant, by name.</summary>
    Letter,

    /// <summary>A word of plain text.</summary>
    Word,

    /// <summary>A function of one bracket or of what follows it.</summary>
    Function,

    /// <summary>A command of TeX with arguments of its own.</summary>
    Command,

    /// <summary>A currency's sign.</summary>
    Currency,

    /// <summary>An operator, relation or comma.</summary>
    Mark,

    /// <summary>An opening bracket.</summary>
    Open,

    /// <summary>A closing bracket.</summary>
    Close,
}
