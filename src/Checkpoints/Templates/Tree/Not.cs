using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>True for what counts as false.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value.</param>
internal sealed record Not(int Line, Expression Of) : Expression(Line)
{
    protected override object? Value(Scope scope) => !Truth.Of(Of.Evaluate(scope));
}
