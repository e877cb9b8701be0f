using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>A place where stages run: this process, a worker process, a cluster.</summary>
public interface ITargetExecutor
{
    /// <summary>Runs the stage to its end.</summary>
    /// <exception cref="StageFailedException">The stage failed or its process died.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    Task<StageResult> ExecuteAsync(StageJob job, IProgress<StageProgress>? progress, CancellationToken cancellation);
}
