namespace NaturalThoughts.Checkpoints.Templates.Syntax;

/// <summary>What a piece of a template is.</summary>
internal enum TokenKind
{
    /// <summary>Text outside of tags.</summary>
    Data,

    /// <summary>The start of an output, <c>{{</c>.</summary>
    VariableBegin,

    /// <summary>The end of an output, <c>}}</c>.</summary>
    VariableEnd,

    /// <summary>The start of a statement, <c>{%</c>.</summary>
    BlockBegin,

    /// <summary>The end of a statement, <c>%}</c>.</summary>
    BlockEnd,

    /// <summary>A name or a keyword.</summary>
    Name,

    /// <summary>A string, unescaped.</summary>
    String,

    /// <summary>A number without fraction and exponent.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,

    /// <summary>An operator or a bracket.</summary>
    Operator,

    /// <summary>The end of the template.</summary>
    End,
}
