using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>What writes or changes something.</summary>
/// <param name="Line">Where it begins.</param>
internal abstract record Statement(int Line) : Node(Line)
{
    /// <summary>Runs it, within the bounds of the rendering.</summary>
    public Flow Execute(Scope scope, StringBuilder output)
    {
        scope.Run.Line = Line;
        scope.Run.Enter();
        Flow flow = Run(scope, output);
        scope.Run.Leave();
        return flow;
    }

    /// <summary>Runs it; a statement inside is run by <see cref="Execute"/>.</summary>
    protected abstract Flow Run(Scope scope, StringBuilder output);
}
