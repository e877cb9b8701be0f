using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>Runs one target: lock, inputs, stage, outputs, record. Nothing of an attempt that fails stays behind.</summary>
internal sealed class TargetRun(RunSettings settings, RunNode node, Action<StageProgress> progress)
{
    private readonly ObjectStore _store = settings.Store;
    private readonly Target _target = node.Target;

    public async Task<Completion> RunAsync(Action started, CancellationToken cancellation)
    {
        long start = settings.Clock.GetTimestamp();
        try
        {
            using KeyLock? keyLock = _store.TryLock(node.Key!.Hash);
            if (keyLock is null)
            {
                return new Completion.Busy();
            }

            if (await FindAsync(node.Key.Hash, cancellation).ConfigureAwait(false) is { } found)
            {
                return found;
            }

            using ScratchFolder scratch = _store.NewScratch();
            List<string> incomplete = [];
            Dictionary<string, string> inputs = await InputBinder.BindAsync(settings, scratch, node, incomplete, cancellation).ConfigureAwait(false);
            if (incomplete.Count > 0)
            {
                return new Completion.Incomplete(incomplete);
            }

            started();
            return new Completion.Ran(await ExecuteAsync(inputs, scratch, start, cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Completion.Stopped();
        }
        catch (Exception e)
        {
            return new Completion.Failed(e, settings.Clock.GetElapsedTime(start));
        }
    }

    private async Task<Completion.Found?> FindAsync(ContentHash key, CancellationToken cancellation)
    {
        // Whoever had the lock before may have recorded the run.
        RunRecord? own = _store.FindRun(key);
        if (own is not null && (!node.NeedsWholeOutputs || _store.HasVerified(own)))
        {
            return new Completion.Found(own, "another process made it meanwhile");
        }

        if (settings.Shared is not { } shared
            || (own ?? await shared.FindRunAsync(key, cancellation).ConfigureAwait(false)) is not { } record
            || (node.NeedsWholeOutputs && !await shared.CompleteAsync(record, cancellation).ConfigureAwait(false)))
        {
            return null;
        }

        if (own is null)
        {
            KeepCode(); // the same key, the same code
            shared.Keep(record);
        }

        return new Completion.Found(record, "from the shared cache");
    }

    private async Task<RunRecord> ExecuteAsync(Dictionary<string, string> inputs, ScratchFolder scratch, long start, CancellationToken cancellation)
    {
        DateTimeOffset startedAt = settings.Clock.GetUtcNow();
        string folder = scratch.Subfolder("out");
        LongRun longRun = new(_store.ResumeFolder(node.Key!.Hash))
        {
            Interval = _target.Resources.CheckpointInterval,
            Kept = _target.Resources.KeptCheckpoints,
            Logs = settings.Logs is { } logs ? Path.Combine(logs, _target.Address) : null,
        };
        StageJob job = StageJob.Of(_target, inputs, folder, settings.Device, longRun) with
        {
            Remote = settings.Catalog(_target.StageName).Description.CallsModels ? settings.Calls ?? new RemoteCalls(_store.CallsFolder) : null,
        };
        StageResult result = await WithLimitAsync(job, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        SortedDictionary<string, OutputFile> outputs = Collect(folder);
        RunRecord record = new()
        {
            Key = node.Key.Hash,
            Document = node.Key.Document,
            Outputs = outputs,
            Result = result,
            Address = _target.Address,
            Started = startedAt,
            Duration = settings.Clock.GetElapsedTime(start),
            Circumstances = Circumstances(result),
        };
        KeepCode();
        _store.Record(record);
        settings.Shared?.Give(record);
        ObjectStore.TryRemove(longRun.Folder);
        return record;
    }

    private void KeepCode()
    {
        if (settings.Code?.Find(settings.Catalog(_target.StageName).GetType().Assembly.GetName().Name!) is { } library)
        {
            _store.KeepCode(library);
        }
    }

    private async Task<StageResult> WithLimitAsync(StageJob job, CancellationToken cancellation)
    {
        if (_target.Resources.TimeLimit is not { } limit)
        {
            return await settings.Executor.ExecuteAsync(job, new Relay(progress), cancellation).ConfigureAwait(false);
        }

        using CancellationTokenSource late = new(limit, settings.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            StageResult result = await settings.Executor.ExecuteAsync(job, new Relay(progress), either.Token).ConfigureAwait(false);

            // A stage that answers the request to stop with half a result is late anyway.
            late.Token.ThrowIfCancellationRequested();
            return result;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new UserErrorException(
                FormattableString.Invariant($"It took longer than its time limit of {limit.TotalSeconds:0.#} s."), null,
                "Raise the limit or give it less to do.", ExitCode.TargetFailed);
        }
    }

    private SortedDictionary<string, OutputFile> Collect(string folder)
    {
        string[] missing = [.. settings.Catalog(_target.StageName).Description.Outputs.Where(name => !File.Exists(Path.Combine(folder, name)))];
        if (missing.Length > 0)
        {
            throw new InvalidOperationException(
                $"The stage '{_target.StageName}' ended without its output {string.Join(", ", missing.Select(name => $"'{name}'"))}.");
        }

        SortedDictionary<string, OutputFile> outputs = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (!OutputName.IsSafe(name) || new FileInfo(path).LinkTarget is not null)
            {
                throw new InvalidOperationException(
                    $"The stage '{_target.StageName}' left '{name}', which cannot be kept: a link, or a name that other systems cannot hold.");
            }

            outputs.Add(name, _store.Adopt(path));
        }

        return outputs;
    }

    private JsonObject Circumstances(StageResult result)
    {
        JsonObject all = settings.Circumstances.DeepClone().AsObject();
        all["host"] = Environment.MachineName;
        all["dotnet"] = Environment.Version.ToString();
        if (result.Measured.Count > 0)
        {
            all["measured"] = new JsonObject(result.Measured.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value)));
        }

        return all;
    }

    /// <summary>Passes progress on at once, on the caller's thread.</summary>
    private sealed class Relay(Action<StageProgress> receive) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => receive(value);
    }
}
