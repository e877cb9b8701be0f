using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>{% set target = value %}</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Target">What is assigned to.</param>
/// <param name="Value">The value.</param>
internal sealed record Set(int Line, AssignmentTarget Target, Expression Value) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        Target.Assign(scope, Value.Evaluate(scope));
        return Flow.Next;
    }
}
