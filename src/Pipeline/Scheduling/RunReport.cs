using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>What became of all targets of a run, in the plan's order.</summary>
/// <param name="Results">One result for each target of the closure.</param>
public sealed record RunReport(IReadOnlyList<TargetResult> Results)
{
    private readonly Dictionary<string, TargetResult> _byAddress = Results.ToDictionary(result => result.Address, StringComparer.Ordinal);

    /// <summary>The result at an address.</summary>
    public TargetResult this[string address] => _byAddress[address];

    /// <summary>True when every target is done.</summary>
    public bool Succeeded => Results.All(result => result.IsDone);

    /// <summary>What the process exits with; where nothing but files of the user's own failed, as with a wrong configuration.</summary>
    public ExitCode ExitCode =>
        Results.Any(result => result.Outcome == TargetOutcome.Interrupted) ? ExitCode.Interrupted
        : Succeeded ? ExitCode.Done
        : With(TargetOutcome.Failed).ToArray() is { Length: > 0 } failed && failed.All(result => result.IsOfUsersData) ? ExitCode.Usage
        : ExitCode.TargetFailed;

    /// <summary>The results with an outcome, in the plan's order.</summary>
    public IEnumerable<TargetResult> With(TargetOutcome outcome) => Results.Where(result => result.Outcome == outcome);

    /// <summary>What is kept of the run, so that the next one with the same plan knows that nothing is to do.</summary>
    /// <param name="graph">The graph that was run.</param>
    /// <param name="requested">The addresses whose outputs were asked for.</param>
    /// <exception cref="InvalidOperationException">A target is not done.</exception>
    public CachedPlan ToPlan(TargetGraph graph, IEnumerable<string> requested)
    {
        if (!Succeeded)
        {
            throw new InvalidOperationException("A plan is kept only when all of it is done.");
        }

        return new CachedPlan([.. requested], [.. Results.Select(result => new CachedTarget(
            result.Address, graph[result.Address].StageName, result.Record!.Key, result.Record.Duration, [.. result.Record.Outputs]))]);
    }
}
