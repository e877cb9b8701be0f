using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>
/// A run on a cluster: submits its targets as jobs that wait for each other, watches the queue and what the jobs tell, and cancels what
/// is left of them at the end. A job runs the same scheduler on its own targets; all that passes from job to job are records in the
/// store. Jobs outlive this process: the same command finds those that are still queued or running and waits for them.
/// </summary>
/// <param name="folder">Where the run and its jobs talk; held by this process.</param>
/// <param name="settings">Resources and pace.</param>
/// <param name="store">The store, which all nodes see.</param>
/// <param name="say">Is told what a user should know, a line each.</param>
public sealed partial class SlurmRun(RunFolder folder, SlurmSettings settings, ObjectStore store, Action<string> say) : IRemoteTargets, IAsyncDisposable
{
    private readonly Dictionary<string, JobTask> _tasks = new(StringComparer.Ordinal);
    private readonly HashSet<JobTask> _stuck = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _look = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _watching = Task.CompletedTask;
    private bool _unreachable;

    /// <summary>The clock by which the queue is watched.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// How long after a job's end its outputs are waited for without a sign that they were made: a job that lost its node is listed as
    /// ended for a moment before it is queued again.
    /// </summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a record that a job says it wrote may take to be seen here: a network file system remembers for a minute that it was not there.
    /// </summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Submits what is missing and begins to watch. Jobs of an earlier call that still wait or run are kept.</summary>
    /// <param name="graph">The plan.</param>
    /// <param name="missing">The targets to make, in topological order.</param>
    /// <param name="nameOf">Address to the job that the target should be in.</param>
    /// <param name="command">The program of a job, to which the folder and the batch's number are added.</param>
    /// <param name="guard">A file that a job locks beside others while it runs; null for none.</param>
    /// <param name="cancellation">Stops between two submissions.</param>
    /// <exception cref="UserErrorException">Slurm's programs are not there, the controller does not answer, or a job is refused.</exception>
    public async Task SubmitAsync(
        TargetGraph graph, IReadOnlyList<string> missing, Func<string, JobName> nameOf, IReadOnlyList<string> command, string? guard,
        CancellationToken cancellation)
    {
        await AdoptAsync(graph, missing).ConfigureAwait(false);
        Dictionary<int, long> ids = [];
        foreach (JobTask task in _tasks.Values)
        {
            ids[task.Batch] = task.Id;
        }

        int kept = ids.Count;
        Dictionary<string, int> queued = _tasks.ToDictionary(task => task.Key, task => task.Value.Batch, StringComparer.Ordinal);
        foreach (JobBatch batch in new JobPlan(graph, nameOf).Make(missing, queued, folder.NextBatch()))
        {
            cancellation.ThrowIfCancellationRequested();
            folder.WriteBatch(batch);
            string script = JobScript.Of(command, folder.Root, batch, guard);
            ids[batch.Number] = await SlurmClient.SubmitAsync(Arguments(batch, ids), script, batch.Name).ConfigureAwait(false);
            folder.WriteId(batch.Number, ids[batch.Number]);
            Follow(batch, ids[batch.Number], Enumerable.Range(0, batch.Groups.Count));
        }

        int jobs = _tasks.Values.Distinct().Count();
        say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Slurm: {jobs} job{(jobs == 1 ? "" : "s")} for {missing.Count} "
                + $"target{(missing.Count == 1 ? "" : "s")}{(kept > 0 ? $", {kept} of them queued before" : "")}; logs in {folder.Root}"));
        _watching = Task.Run(WatchAsync, CancellationToken.None);
    }

    /// <inheritdoc />
    public bool Has(string address) => _tasks.ContainsKey(address);

    /// <inheritdoc />
    public async Task<(RunRecord Record, bool Ran)> WaitAsync(
        Target target, ContentHash key, Action started, Action<StageProgress> progress, CancellationToken cancellation)
    {
        JobTask task = _tasks[target.Address];
        bool isStarted = false;
        StageProgress? last = null;
        long? endSince = null;
        while (true)
        {
            Task look;
            TargetResult? end;
            StageProgress? now;
            long? overSince;
            bool isBegun;
            lock (_gate)
            {
                (look, end, now, overSince, isBegun) =
                    (_look.Task, task.EndOf(target.Address), task.ProgressOf(target.Address), task.OverSince, task.Node is not null);
            }

            if (now is { } step)
            {
                if (!isStarted)
                {
                    started();
                    isStarted = true;
                }

                if (step != last && step != default)
                {
                    progress(step);
                }

                last = step;
            }

            if (end is { IsDone: false })
            {
                throw Failed(task, end);
            }

            // A job that has not begun is not waited for when its target turns out to be there; one that has tells first that it made it.
            if (end is not null || overSince is not null || !isBegun)
            {
                if (store.FindRun(key) is { } record)
                {
                    return (record, end is { Outcome: TargetOutcome.Ran });
                }

                endSince ??= end is null ? null : Clock.GetTimestamp();
                bool isLost = (endSince, overSince) switch
                {
                    ({ } said, _) => Clock.GetElapsedTime(said) > Visibility,
                    (null, { } over) => Clock.GetElapsedTime(over) > Settling,
                    _ => false,
                };
                if (isLost)
                {
                    throw Lost(task, target.Address, key, end is not null);
                }
            }

            await look.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Cancels the jobs that still wait or run, and stops watching.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        string[] left = [.. _tasks.Values.Distinct().Where(task => !task.State.IsOver).Select(task => task.ShownId)];
        if (left.Length > 0 && await SlurmClient.CancelAsync(left).ConfigureAwait(false) is { Length: > 0 } complaint)
        {
            say($"warning: scancel: {complaint}. Look with squeue whether jobs are left: {string.Join(' ', left)}.");
        }

        _stop.Dispose();
    }

    private IEnumerable<string> Arguments(JobBatch batch, Dictionary<int, long> ids)
    {
        // Not afterok: a job some targets of which failed still made the others, and what they are needed for goes on. A job whose inputs
        // are not there finds that out by the store and ends. Nor does afterok on a job that Slurm has forgotten wait for anything.
        yield return "--job-name=" + batch.Name;
        yield return "--output=" + folder.LogOf(batch.Number, 0).Replace("%", "%%", StringComparison.Ordinal)
            .Replace("_0.log", batch.IsArray ? "_%a.log" : "_0.log", StringComparison.Ordinal);
        yield return "--open-mode=append";
        yield return "--chdir=" + folder.Root;
        yield return "--ntasks=1";
        yield return "--requeue";
        if (batch.IsArray)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--array=0-{batch.Groups.Count - 1}");
        }

        if (batch.After.Count > 0)
        {
            yield return "--dependency=afterany:" + string.Join(':', batch.After.Select(number => ids[number].ToString(CultureInfo.InvariantCulture)));
        }

        foreach (string argument in settings.Of(batch.UsesTensors).ToArguments())
        {
            yield return argument;
        }
    }

    private void Follow(JobBatch batch, long id, IEnumerable<int> tasks)
    {
        foreach (int task in tasks)
        {
            JobTask job = new(folder.EventsOf(batch.Number, task))
            {
                Batch = batch.Number,
                Task = task,
                Name = batch.Groups[task].Name,
                Id = id,
                IsArray = batch.IsArray,
            };
            foreach (string address in batch.Groups[task].Addresses)
            {
                _tasks[address] = job;
            }
        }
    }

    /// <summary>Follows the jobs that an earlier process left, unless one waits for targets that nobody makes any more: it is cancelled.</summary>
    private async Task AdoptAsync(TargetGraph graph, IReadOnlyList<string> missing)
    {
        IReadOnlyDictionary<(long, int), JobState> states;
        try
        {
            states = await SlurmClient.StatesAsync().ConfigureAwait(false);
        }
        catch (SlurmUnreachableException e)
        {
            throw new UserErrorException("squeue: " + e.Message, "--executor=slurm", "Try again when Slurm's controller answers.", ExitCode.TargetFailed);
        }

        HashSet<string> open = new(missing, StringComparer.Ordinal);
        List<(JobBatch Batch, long Id, int Task)> queued = [.. folder.Submitted().SelectMany(item => Enumerable.Range(0, item.Batch.Groups.Count)
            .Where(task => states.TryGetValue((item.Id, item.Batch.IsArray ? task : -1), out JobState state) && !state.IsOver)
            .Select(task => (item.Batch, item.Id, task)))];
        List<(JobBatch Batch, long Id, int Task)> kept = [.. queued];
        for (int before = -1; before != kept.Count;)
        {
            before = kept.Count;
            HashSet<string> made = [.. kept.SelectMany(job => job.Batch.Groups[job.Task].Addresses)];
            kept.RemoveAll(job => job.Batch.Groups[job.Task].Addresses.Any(address => open.Contains(address)
                && graph.DependenciesOf(address).Any(need => open.Contains(need) && !made.Contains(need))));
        }

        foreach ((JobBatch batch, long id, int task) in kept)
        {
            Follow(batch, id, [task]);
        }

        string[] useless = [.. queued.Except(kept).Select(job => JobTask.Show(job.Id, job.Batch.IsArray ? job.Task : null))];
        if (useless.Length > 0)
        {
            await SlurmClient.CancelAsync(useless).ConfigureAwait(false);
        }
    }
}
