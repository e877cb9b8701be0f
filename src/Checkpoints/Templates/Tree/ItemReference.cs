using NaturalThoughts.Checkpoints.Templates.Library;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>value[key]</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value.</param>
/// <param name="Key">The index or key.</param>
internal sealed record ItemReference(int Line, Expression Of, Expression Key) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        object? value = Of.Evaluate(scope);
        return Access.Item(scope.Run, value, Key.Evaluate(scope));
    }
}
