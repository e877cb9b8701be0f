using System.Text;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>The first branch whose test holds; names that it sets stay set.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Branches">Tests and bodies.</param>
/// <param name="Otherwise">What runs when none holds.</param>
internal sealed record If(int Line, IReadOnlyList<(Expression Test, Statement[] Body)> Branches, Statement[] Otherwise) : Statement(Line)
{
    protected override Flow Run(Scope scope, StringBuilder output)
    {
        foreach ((Expression test, Statement[] body) in Branches)
        {
            if (Truth.Of(test.Evaluate(scope)))
            {
                return Body.Run(body, scope, output);
            }
        }

        return Body.Run(Otherwise, scope, output);
    }
}
