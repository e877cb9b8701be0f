using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>value if test else otherwise</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Test">The test.</param>
/// <param name="Then">The value when it holds.</param>
/// <param name="Otherwise">The other value; null for none, which gives undefined.</param>
internal sealed record Conditional(int Line, Expression Test, Expression Then, Expression? Otherwise) : Expression(Line)
{
    protected override object? Value(Scope scope) =>
        Truth.Of(Test.Evaluate(scope)) ? Then.Evaluate(scope)
        : Otherwise is null ? new Undefined("an inline if without else")
        : Otherwise.Evaluate(scope);
}
