using System.Text;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>{{ value }}</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Of">The value.</param>
internal sealed record Output(int Line, Expression Of) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        string text = Printing.Text(scope.Run, Of.Evaluate(scope));
        scope.Run.Charge(text.Length);
        output.Append(text);
        return Flow.Next;
    }
}
