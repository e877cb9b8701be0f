using System.Collections.Concurrent;
using NaturalThoughts.Build.Cake;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Build.Running;

/// <summary>
/// One run of the scheduler that many Cake tasks await: it starts with the first of them, does the work of all in parallel, and hands
/// each task the results of its own targets as they come.
/// </summary>
internal sealed class PipelineRun : IRunObserver
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<TargetResult>> _results = new(StringComparer.Ordinal);
    private readonly IRunObserver _display;
    private readonly Lazy<Task<RunReport>> _run;

    /// <param name="start">Starts the scheduler with this run as its observer.</param>
    /// <param name="display">Shows how the run goes.</param>
    public PipelineRun(Func<IRunObserver, Task<RunReport>> start, IRunObserver display)
    {
        _display = display;
        _run = new Lazy<Task<RunReport>>(async () =>
        {
            try
            {
                return await Task.Run(() => start(this));
            }
            catch (Exception error)
            {
                // Whoever waits for a target that will never come is told why.
                foreach (TaskCompletionSource<TargetResult> waiting in _results.Values)
                {
                    waiting.TrySetException(error);
                }

                throw;
            }
        });
    }

    /// <summary>The whole run's report.</summary>
    public Task<RunReport> Report => _run.Value;

    /// <summary>The common outcome of several targets: the worst of them, with its reason.</summary>
    public async Task<TaskOutcome> OutcomeOfAsync(IReadOnlyList<string> addresses)
    {
        List<TargetResult> results = [];
        foreach (string address in addresses)
        {
            results.Add(await ResultOfAsync(address));
        }

        TimeSpan duration = results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration);
        if (results.Find(result => result.Outcome == TargetOutcome.Interrupted) is not null)
        {
            throw new OperationCanceledException("The run was interrupted.");
        }

        if (results.Find(result => result.Outcome == TargetOutcome.Failed) is { } failed)
        {
            int failures = results.Count(result => result.Outcome == TargetOutcome.Failed);
            return new TaskOutcome(Cake.TaskStatus.Failed, $"{failed.Address} failed{(failures > 1 ? $" and {failures - 1} more" : "")}", duration);
        }

        if (results.Find(result => result.Outcome == TargetOutcome.Blocked) is { } blocked)
        {
            return new TaskOutcome(Cake.TaskStatus.Blocked, $"needs {blocked.BlockedBy}, which failed", duration);
        }

        int ran = results.Count(result => result.Outcome == TargetOutcome.Ran);
        return ran > 0
            ? new TaskOutcome(Cake.TaskStatus.Ran, $"{ran} of {results.Count} targets ran", duration)
            : new TaskOutcome(Cake.TaskStatus.Cached, results[0].Reason ?? "up to date", TimeSpan.Zero);
    }

    /// <summary>The result of one target of the run.</summary>
    public async Task<TargetResult> ResultOfAsync(string address)
    {
        Task<TargetResult> result = Source(address).Task;

        // Awaiting the run as well lets a bug in the scheduler surface instead of waiting for ever.
        if (await Task.WhenAny(result, Report) == Report)
        {
            return (await Report)[address];
        }

        return await result;
    }

    /// <inheritdoc />
    public void Started(Target target) => _display.Started(target);

    /// <inheritdoc />
    public void Progressed(Target target, StageProgress progress) => _display.Progressed(target, progress);

    /// <inheritdoc />
    public void Finished(Target target, TargetResult result)
    {
        _display.Finished(target, result);
        Source(target.Address).TrySetResult(result);
    }

    private TaskCompletionSource<TargetResult> Source(string address) =>
        _results.GetOrAdd(address, _ => new TaskCompletionSource<TargetResult>(TaskCreationOptions.RunContinuationsAsynchronously));
}
