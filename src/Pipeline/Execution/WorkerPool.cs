using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>
/// Runs stages in worker processes, which are started when they are needed and kept warm. A worker that dies fails its job; the
/// next job gets a fresh one. As many workers as jobs at once.
/// </summary>
/// <param name="command">How a worker is started.</param>
public sealed class WorkerPool(WorkerCommand command) : ITargetExecutor, IDisposable
{
    private readonly Stack<WorkerLane> _idle = new();
    private readonly Lock _gate = new();
    private bool _closed;

    /// <inheritdoc />
    public async Task<StageResult> ExecuteAsync(StageJob job, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        WorkerLane lane = Take();
        try
        {
            return await lane.ExecuteAsync(job, progress, cancellation).ConfigureAwait(false);
        }
        finally
        {
            GiveBack(lane);
        }
    }

    /// <summary>Ends all workers.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            while (_idle.TryPop(out WorkerLane? lane))
            {
                lane.Dispose();
            }
        }
    }

    private WorkerLane Take()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            while (_idle.TryPop(out WorkerLane? lane))
            {
                if (!lane.HasExited)
                {
                    return lane;
                }

                lane.Dispose();
            }
        }

        return new WorkerLane(command);
    }

    private void GiveBack(WorkerLane lane)
    {
        lock (_gate)
        {
            if (lane.IsUsable && !_closed)
            {
                _idle.Push(lane);
                return;
            }
        }

        lane.Dispose();
    }
}
