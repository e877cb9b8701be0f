using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>{% set target %}...{% endset %}</c>: what the body writes, through filters.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Target">What is assigned to.</param>
/// <param name="Filters">The filters, in order.</param>
/// <param name="Body">The body.</param>
internal sealed record SetBlock(int Line, AssignmentTarget Target, IReadOnlyList<FilterCall> Filters, Body Body) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        object? value = Body.Text(new Scope(scope.Run, scope, Body.Names));
        foreach (FilterCall filter in Filters)
        {
            value = filter.Apply(scope, value);
        }

        Target.Assign(scope, value);
        return Flow.Next;
    }
}
