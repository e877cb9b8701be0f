using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>Targets that run by themselves somewhere else, such as on a cluster, and leave their records in the same store.</summary>
public interface IRemoteTargets
{
    /// <summary>True for a target that was handed over: the scheduler waits for its record and does not run it.</summary>
    bool Has(string address);

    /// <summary>Waits until the target ended there.</summary>
    /// <param name="target">The target, all inputs of which are there.</param>
    /// <param name="key">The key under which its record will be.</param>
    /// <param name="started">Is called when its stage started.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The record, and whether that run made it.</returns>
    /// <exception cref="Execution.StageFailedException">It failed, or ended without a record.</exception>
    Task<(RunRecord Record, bool Ran)> WaitAsync(
        Target target, ContentHash key, Action started, Action<StageProgress> progress, CancellationToken cancellation);
}
