using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>Arithmetic of two values.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Operator"><c>+ - * / // % **</c>.</param>
/// <param name="Left">The left value.</param>
/// <param name="Right">The right value.</param>
internal sealed record Binary(int Line, string Operator, Expression Left, Expression Right) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        object? left = Left.Evaluate(scope);
        object? right = Right.Evaluate(scope);
        scope.Run.Line = Line;
        return Arithmetic.Apply(scope.Run, Operator, left, right);
    }
}
