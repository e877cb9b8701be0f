namespace NaturalThoughts.Pipeline.Planning;

/// <summary>The result of a plan that was complete: enough to say that nothing is to do, and to publish its results again.</summary>
/// <param name="Requested">The addresses whose outputs were asked for.</param>
/// <param name="Targets">All targets of their closure, in the plan's order.</param>
public sealed record CachedPlan(IReadOnlyList<string> Requested, IReadOnlyList<CachedTarget> Targets)
{
    /// <summary>The target at an address; null where there is none.</summary>
    public CachedTarget? Find(string address) => Targets.FirstOrDefault(target => target.Address == address);
}
