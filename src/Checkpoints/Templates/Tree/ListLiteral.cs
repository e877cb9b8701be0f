using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A list in brackets, or a tuple.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Items">The items.</param>
/// <param name="IsTuple">True for a tuple.</param>
internal sealed record ListLiteral(int Line, IReadOnlyList<Expression> Items, bool IsTuple) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        object?[] values = new object?[Items.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Items[i].Evaluate(scope);
        }

        return new ListValue(values, IsTuple);
    }
}
