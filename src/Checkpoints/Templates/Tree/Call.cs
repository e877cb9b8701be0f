using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>callee(arguments)</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Callee">What is called.</param>
/// <param name="Arguments">With what.</param>
internal sealed record Call(int Line, Expression Callee, ArgumentList Arguments) : Expression(Line)
{
    /// <summary>Calls with a call block's body as the argument <c>caller</c>.</summary>
    public object? WithCaller(Scope scope, FunctionValue? caller)
    {
        object? callee = Callee.Evaluate(scope);
        if (callee is not FunctionValue function)
        {
            scope.Run.Line = Line;
            throw callee switch
            {
                Undefined undefined => scope.Run.Error(undefined.Message),
                LoopValue => scope.Run.Unsupported("A recursive loop"),
                _ => scope.Run.Error($"A value of type {TypeNames.Of(callee)} cannot be called."),
            };
        }

        Arguments arguments = Arguments.Evaluate(scope, function.Name);
        scope.Run.Line = Line;
        return function.Call(caller is null ? arguments : arguments.With("caller", caller));
    }

    protected override object? Value(Scope scope) => WithCaller(scope, null);
}
