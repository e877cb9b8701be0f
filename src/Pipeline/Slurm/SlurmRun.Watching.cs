using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Pipeline.Slurm;

public sealed partial class SlurmRun
{
    private const int KeptLines = 20;

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await LookAsync().ConfigureAwait(false);
                await Task.Delay(settings.Poll, Clock, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // Whoever waits is told.
                lock (_gate)
                {
                    _look.TrySetException(e);
                }

                return;
            }
        }
    }

    /// <summary>One look at the queue, and at what the jobs told meanwhile.</summary>
    private async Task LookAsync()
    {
        IReadOnlyDictionary<(long, int), JobState>? states = null;
        try
        {
            states = await SlurmClient.StatesAsync().ConfigureAwait(false);
            _unreachable = false;
        }
        catch (SlurmUnreachableException e)
        {
            if (!_unreachable)
            {
                say($"warning: squeue: {e.Message}. Jobs go on; asking again.");
            }

            _unreachable = true;
        }

        TaskCompletionSource looked;
        lock (_gate)
        {
            foreach (JobTask task in _tasks.Values.Distinct())
            {
                // First the state, then the events: a job that is over has told everything.
                if (states is not null)
                {
                    Take(task, states.GetValueOrDefault((task.Id, task.IsArray ? task.Task : -1), JobState.Gone));
                }

                task.ReadEvents();
            }

            looked = _look;
            _look = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        looked.TrySetResult();
    }

    private void Take(JobTask task, JobState state)
    {
        task.State = state;
        task.OverSince = state.IsOver ? task.OverSince ?? Clock.GetTimestamp() : null;
        if (state.IsStuck && _stuck.Add(task))
        {
            say($"warning: Slurm job {task.ShownId} ({task.Name}) waits: {state}. Look with: scontrol show job {task.ShownId}");
        }
    }

    /// <summary>The job says that the target failed.</summary>
    private StageFailedException Failed(JobTask task, TargetResult end) => new(
        end.Errors.Count > 0
            ? end.Errors
            : [new UserError($"Slurm job {task.ShownId} on {task.Node} did not find the outputs of {end.BlockedBy}.", null, "The same command tries again.")],
        end.Details ?? Tail(task))
    {
        IsUserError = end.IsOfUsersData,
    };

    /// <summary>The job is over, and the target has no record.</summary>
    private StageFailedException Lost(JobTask task, string address, ContentHash key, bool said)
    {
        string log = folder.LogOf(task.Batch, task.Task);
        string last = folder.LogTail(task.Batch, task.Task, 1) is [string line] ? $" The last line of its log {log}: {line}" : "";
        string message = (said, task.Node) switch
        {
            (true, _) => $"Slurm job {task.ShownId} ({task.Name}) made {address} on {task.Node}, but its record {key.Short} cannot be seen here.",
            (_, null) when last.Length == 0 => $"Slurm job {task.ShownId} ({task.Name}) ended as {task.State} without a sign of life.",
            (_, var node) => $"Slurm job {task.ShownId} ({task.Name}) ended as {task.State}{(node is null ? "" : " on " + node)} before it was done.{last}",
        };
        string hint = (task.State.State, task.Node) switch
        {
            ("TIMEOUT" or "DEADLINE", _) => "Raise 'timeMinutes' of 'cluster' in the profile.",
            ("OUT_OF_MEMORY", _) => "Raise 'memoryMegabytes' of 'cluster' in the profile.",
            (_, null) when last.Length == 0 =>
                $"Do the nodes see {folder.Root}, the checkout and .NET at the same paths? Look with: scontrol show job {task.ShownId}",
            _ => "The same command tries again.",
        };
        return new StageFailedException([new UserError(message, null, hint)], Tail(task));
    }

    private string? Tail(JobTask task) =>
        folder.LogTail(task.Batch, task.Task, KeptLines) is { Count: > 0 } lines ? string.Join(Environment.NewLine, lines) : null;
}
