using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>The result of a plan that was complete: enough to say that nothing is to do, and to publish its results again.</summary>
/// <param name="Requested">The addresses whose outputs were asked for.</param>
/// <param name="Targets">All targets of their closure, in the plan's order.</param>
public sealed record CachedPlan(IReadOnlyList<string> Requested, IReadOnlyList<CachedTarget> Targets)
{
    /// <summary>The plan of a run in which every target is done.</summary>
    /// <exception cref="ArgumentException">A target is not done.</exception>
    public static CachedPlan Of(TargetGraph graph, IEnumerable<string> requested, RunReport report)
    {
        if (!report.Succeeded)
        {
            throw new ArgumentException("A plan is kept only when all of it is done.", nameof(report));
        }

        return new CachedPlan([.. requested], [.. report.Results.Select(result => new CachedTarget(
            result.Address, graph[result.Address].StageName, result.Record!.Key, result.Record.Duration, [.. result.Record.Outputs]))]);
    }

    /// <summary>The target at an address; null where there is none.</summary>
    public CachedTarget? Find(string address) => Targets.FirstOrDefault(target => target.Address == address);
}
