using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A dictionary in braces.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Entries">Keys and values.</param>
internal sealed record MapLiteral(int Line, IReadOnlyList<(Expression Key, Expression Value)> Entries) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        MapValue map = new();
        foreach ((Expression key, Expression value) in Entries)
        {
            object? name = key.Evaluate(scope);
            map.Set(scope.Run, name, value.Evaluate(scope));
        }

        return map;
    }
}
