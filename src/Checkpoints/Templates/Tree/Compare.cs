using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>Comparisons in a chain: each must hold, and none is evaluated behind one that does not.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="First">The leftmost value.</param>
/// <param name="Rest">Operators and what stands to their right.</param>
internal sealed record Compare(int Line, Expression First, IReadOnlyList<(string Operator, Expression Right)> Rest) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        object? left = First.Evaluate(scope);
        foreach ((string name, Expression expression) in Rest)
        {
            object? right = expression.Evaluate(scope);
            scope.Run.Line = Line;
            if (!Comparison.Holds(scope.Run, name, left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }
}
