using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>value[start:stop:step]</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value.</param>
/// <param name="Start">Null for the beginning.</param>
/// <param name="Stop">Null for the end.</param>
/// <param name="Step">Null for one.</param>
internal sealed record SliceReference(int Line, Expression Of, Expression? Start, Expression? Stop, Expression? Step) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        object? value = Of.Evaluate(scope);
        object? start = Start?.Evaluate(scope);
        object? stop = Stop?.Evaluate(scope);
        return Slices.Of(scope.Run, value, start, stop, Step?.Evaluate(scope));
    }
}
