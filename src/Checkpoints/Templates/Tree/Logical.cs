using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>The first value that decides, as Python's <c>and</c> and <c>or</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="IsAnd">False for <c>or</c>.</param>
/// <param name="Left">The left value.</param>
/// <param name="Right">The right value.</param>
internal sealed record Logical(int Line, bool IsAnd, Expression Left, Expression Right) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        object? left = Left.Evaluate(scope);
        return Truth.Of(left) == IsAnd ? Right.Evaluate(scope) : left;
    }
}
