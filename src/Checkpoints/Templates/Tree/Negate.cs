using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A sign before a number.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Minus">False for a plus.</param>
/// <param name="Of">The number.</param>
internal sealed record Negate(int Line, bool Minus, Expression Of) : Expression(Line)
{
    protected override object? Value(Scope scope) => Arithmetic.Sign(scope.Run, Minus, Of.Evaluate(scope));
}
