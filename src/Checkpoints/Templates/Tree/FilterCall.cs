using NaturalThoughts.Checkpoints.Templates.Library;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>value | name(arguments)</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value; of no account for the filters of a block.</param>
/// <param name="Name">A filter; one that is not supported is refused when it is applied.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record FilterCall(int Line, Expression Of, string Name, ArgumentList Arguments) : Expression(Line)
{
    /// <summary>Applies the filter to another value.</summary>
    /// <exception cref="Contracts.UserErrorException">The filter is not supported.</exception>
    public object? Apply(Scope scope, object? value)
    {
        Values.Arguments arguments = Arguments.Evaluate(scope, $"the filter '{Name}'");
        scope.Run.Line = Line;
        return Known(scope)(value, arguments);
    }

    protected override object? Value(Scope scope)
    {
        scope.Run.Line = Line;
        Known(scope);
        return Apply(scope, Of.Evaluate(scope));
    }

    private Func<object?, Values.Arguments, object?> Known(Scope scope) => Filters.All.TryGetValue(Name, out Func<object?, Values.Arguments, object?>? filter)
        ? filter
        : throw scope.Run.Unsupported($"The filter '{Quoted.Of(Name)}'");
}
