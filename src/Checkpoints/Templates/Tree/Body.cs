using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>Statements with a scope of their own.</summary>
/// <param name="Statements">The statements.</param>
/// <param name="Names">What the scope reads and sets.</param>
internal sealed record Body(Statement[] Statements, ScopeNames Names)
{
    /// <summary>Runs the statements in a scope and appends what they write.</summary>
    public Flow Run(Scope scope, StringBuilder output) => Run(Statements, scope, output);

    /// <summary>Runs the statements in a scope and returns what they write.</summary>
    public string Text(Scope scope)
    {
        StringBuilder output = new();
        Run(scope, output);
        return output.ToString();
    }

    /// <summary>Runs statements one after the other.</summary>
    public static Flow Run(Statement[] statements, Scope scope, StringBuilder output)
    {
        foreach (Statement statement in statements)
        {
            Flow flow = statement.Execute(scope, output);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }
}
