using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="IsBreak">False for continue.</param>
internal sealed record LoopControl(int Line, bool IsBreak) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output) => IsBreak ? Flow.Break : Flow.Continue;
}
