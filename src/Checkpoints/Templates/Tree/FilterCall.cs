using NaturalThoughts.Checkpoints.Templates.Library;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>value | name(arguments)</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value; of no account for the filters of a block.</param>
/// <param name="Name">A filter that there is.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record FilterCall(int Line, Expression Of, string Name, ArgumentList Arguments) : Expression(Line)
{
    /// <summary>Applies the filter to another value.</summary>
    public object? Apply(Scope scope, object? value)
    {
        Values.Arguments arguments = Arguments.Evaluate(scope, $"the filter '{Name}'");
        scope.Run.Line = Line;
        return Filters.All[Name](value, arguments);
    }

    protected override object? Value(Scope scope) => Apply(scope, Of.Evaluate(scope));
}
