using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>Text outside of tags.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Content">The text.</param>
internal sealed record Text(int Line, string Content) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        scope.Run.Charge(Content.Length);
        output.Append(Content);
        return Flow.Next;
    }
}
