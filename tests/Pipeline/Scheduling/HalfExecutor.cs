using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;

namespace NaturalThoughts.Pipeline.Tests.Scheduling;

/// <summary>Is told to stop in the middle of its work, and gives back what it has.</summary>
internal sealed class HalfExecutor(CancellationTokenSource stop) : ITargetExecutor
{
    public async Task<StageResult> ExecuteAsync(StageJob job, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(job.OutputFolder, "data.txt"), "ha", CancellationToken.None);
        await stop.CancelAsync();
        return new StageResult();
    }
}
