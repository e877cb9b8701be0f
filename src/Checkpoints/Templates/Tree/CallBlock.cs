using System.Text;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>{% call macro(arguments) %}...{% endcall %}</c>: the macro may call the body as <c>caller</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Call">The call.</param>
/// <param name="Caller">The body.</param>
internal sealed record CallBlock(int Line, Call Call, MacroBody Caller) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        string text = Printing.Text(scope.Run, Call.WithCaller(scope, Caller.In(scope)));
        scope.Run.Charge(text.Length);
        output.Append(text);
        return Flow.Next;
    }
}
