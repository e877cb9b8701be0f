using NaturalThoughts.Checkpoints.Templates.Library;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>value is name(arguments)</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value.</param>
/// <param name="Name">A test that there is.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record TestCall(int Line, Expression Of, string Name, ArgumentList Arguments) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        object? value = Of.Evaluate(scope);
        Values.Arguments arguments = Arguments.Evaluate(scope, $"the test '{Name}'");
        scope.Run.Line = Line;
        return Tests.All[Name](value, arguments);
    }
}
