using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>{% with target = value %}...{% endwith %}</c>; the values are those of the scope around.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Values">Targets and values.</param>
/// <param name="Body">The body.</param>
internal sealed record With(int Line, IReadOnlyList<(AssignmentTarget Target, Expression Value)> Values, Body Body) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        Scope inner = new(scope.Run, scope, Body.Names);
        foreach ((AssignmentTarget target, Expression value) in Values)
        {
            target.Assign(inner, value.Evaluate(scope));
        }

        return Body.Run(inner, output);
    }
}
