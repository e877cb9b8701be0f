using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>The arguments of a call, a filter or a test.</summary>
/// <param name="Positional">Those without a name.</param>
/// <param name="Named">Those with one.</param>
internal sealed record ArgumentList(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    public static readonly ArgumentList Empty = new([], []);

    /// <summary>Computes the values of the arguments, in the order of the text.</summary>
    public Arguments Evaluate(Scope scope, string callee)
    {
        object?[] positional = Positional.Count == 0 ? [] : new object?[Positional.Count];
        for (int i = 0; i < positional.Length; i++)
        {
            positional[i] = Positional[i].Evaluate(scope);
        }

        if (Named.Count == 0)
        {
            return new Arguments(scope.Run, callee, positional, Arguments.NoNames);
        }

        Dictionary<string, object?> named = new(StringComparer.Ordinal);
        foreach ((string name, Expression value) in Named)
        {
            named[name] = value.Evaluate(scope);
        }

        return new Arguments(scope.Run, callee, positional, named);
    }
}
