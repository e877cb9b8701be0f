using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>Sends stages on tensors to one executor and all others to another.</summary>
/// <param name="plain">For stages that compute on no tensors.</param>
/// <param name="tensors">For stages on tensors.</param>
public sealed class SplitExecutor(ITargetExecutor plain, ITargetExecutor tensors) : ITargetExecutor
{
    /// <inheritdoc />
    public Task<StageResult> ExecuteAsync(StageJob job, IProgress<StageProgress>? progress, CancellationToken cancellation) =>
        (job.UsesTensors ? tensors : plain).ExecuteAsync(job, progress, cancellation);
}
