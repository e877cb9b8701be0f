using NaturalThoughts.Checkpoints.Templates.Library;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>value is name(arguments)</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value.</param>
/// <param name="Name">A test; one that is not supported is refused when it is asked.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record TestCall(int Line, Expression Of, string Name, ArgumentList Arguments) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        scope.Run.Line = Line;
        if (!Tests.All.TryGetValue(Name, out Func<object?, Values.Arguments, object?>? test))
        {
            throw scope.Run.Unsupported($"The test '{Quoted.Of(Name)}'");
        }

        object? value = Of.Evaluate(scope);
        Values.Arguments arguments = Arguments.Evaluate(scope, $"the test '{Name}'");
        scope.Run.Line = Line;
        return test(value, arguments);
    }
}
