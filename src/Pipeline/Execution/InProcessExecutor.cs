using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>Runs stages on threads of this process.</summary>
/// <param name="catalog">Stage name to stage.</param>
public sealed class InProcessExecutor(Func<string, IStage> catalog) : ITargetExecutor
{
    /// <summary>How long a stage that was asked to stop may take before it is given up; its thread then runs on until the process ends.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task<StageResult> ExecuteAsync(StageJob job, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        Task<StageResult> run = Task.Factory.StartNew(
            () => catalog(job.StageName).Run(ContextOf(job, progress, cancellation)), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await run.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Task.WhenAny(run, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
        catch (Exception e)
        {
            throw StageFailedException.From(e);
        }
    }

    internal static StageContext ContextOf(StageJob job, IProgress<StageProgress>? progress, CancellationToken cancellation) => new()
    {
        Parameters = job.Parameters,
        Inputs = job.Inputs,
        OutputFolder = job.OutputFolder,
        Progress = progress,
        Threads = job.Threads,
        Device = job.Device,
        LongRun = job.LongRun,
        Remote = job.Remote,
        Cancellation = cancellation,
    };
}
