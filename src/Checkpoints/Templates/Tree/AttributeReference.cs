using NaturalThoughts.Checkpoints.Templates.Library;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>value.name</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value.</param>
/// <param name="Name">The attribute.</param>
internal sealed record AttributeReference(int Line, Expression Of, string Name) : Expression(Line)
{
    protected override object? Value(Scope scope) => Access.Attribute(scope.Run, Of.Evaluate(scope), Name);
}
