using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>Transformers' mark of what the assistant says: it writes its body.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Body">The body.</param>
internal sealed record GenerationBlock(int Line, Body Body) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output) => Body.Run(new Scope(scope.Run, scope, Body.Names), output);
}
