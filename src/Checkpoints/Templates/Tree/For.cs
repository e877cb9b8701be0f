using System.Text;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A loop; each round has a scope of its own.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Target">What an item is assigned to.</param>
/// <param name="Source">What the items come from.</param>
/// <param name="Test">Which of them count; null for all.</param>
/// <param name="TestNames">The scope of the test.</param>
/// <param name="Each">What is done with an item.</param>
/// <param name="Otherwise">What is done when there is none.</param>
internal sealed record For(
    int Line, AssignmentTarget Target, Expression Source, Expression? Test, ScopeNames TestNames, Body Each, Body Otherwise)
    : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        object? source = Source.Evaluate(scope);
        IEnumerable<object?> items = Iteration.Over(scope.Run, source);
        using LoopValue loop = new(
            scope.Run, Test is null ? items : items.Where(item => Counts(scope, item)), Test is null ? Iteration.Length(scope.Run, source) : null);
        while (loop.Next())
        {
            Scope round = new(scope.Run, scope, Each.Names);
            round.Set("loop", loop);
            Target.Assign(round, loop.Current);
            if (Each.Run(round, output) == Flow.Break)
            {
                return Flow.Next;
            }
        }

        return loop.Started ? Flow.Next : Otherwise.Run(new Scope(scope.Run, scope, Otherwise.Names), output);
    }

    private bool Counts(Scope scope, object? item)
    {
        Scope test = new(scope.Run, scope, TestNames);
        Target.Assign(test, item);
        return Truth.Of(Test!.Evaluate(test));
    }
}
