using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>{% macro name(parameters) %}...{% endmacro %}</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Name">Its name.</param>
/// <param name="Macro">What it does.</param>
internal sealed record MacroDefinition(int Line, string Name, MacroBody Macro) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        scope.Set(Name, Macro.In(scope));
        return Flow.Next;
    }
}
