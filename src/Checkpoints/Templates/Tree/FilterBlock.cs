using System.Text;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>{% filter name %}...{% endfilter %}</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Filters">The filters, in order.</param>
/// <param name="Body">The body.</param>
internal sealed record FilterBlock(int Line, IReadOnlyList<FilterCall> Filters, Body Body) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        object? value = Body.Text(new Scope(scope.Run, scope, Body.Names));
        foreach (FilterCall filter in Filters)
        {
            value = filter.Apply(scope, value);
        }

        string text = Printing.Text(scope.Run, value);
        scope.Run.Charge(text.Length);
        output.Append(text);
        return Flow.Next;
    }
}
