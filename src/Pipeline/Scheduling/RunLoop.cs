using System.Threading.Channels;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Scheduling;

/// <summary>The coordinator of one run: one logical thread that owns all node states; attempts run beside it and report back.</summary>
internal sealed class RunLoop(RunSettings settings, IReadOnlyList<RunNode> nodes, CancellationToken cancellation)
{
    private const int MostRepairs = 3;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    private readonly Channel<(RunNode Node, Completion? Completion)> _events = Channel.CreateUnbounded<(RunNode, Completion?)>();
    private readonly PriorityQueue<RunNode, (double, int)> _ready = new();
    private readonly Queue<RunNode> _open = new();
    private readonly Dictionary<ContentHash, List<RunNode>> _inFlight = [];
    private readonly Dictionary<RunNode, int> _position = nodes.Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => pair.i);
    private readonly ObserverGate _observer = new(settings.Observer);
    private readonly HashSet<RunNode> _away = [];
    private int _running;
    private int _pausing;

    // The target that found the store unusable: nothing starts after it.
    private string? _halted;

    public async Task RunAsync()
    {
        Urgency.Set(nodes, settings.Store);
        foreach (RunNode node in nodes.Where(node => node.WaitingFor.Count == 0))
        {
            _open.Enqueue(node);
        }

        while (true)
        {
            ResolveOpen();
            StartReady();
            if (_running + _pausing + _away.Count == 0)
            {
                break;
            }

            (RunNode node, Completion? completion) = await _events.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (completion is null)
            {
                _pausing--;
                _open.Enqueue(node);
            }
            else
            {
                if (!_away.Remove(node))
                {
                    _running--;
                }

                Settle(node, completion);
            }
        }

        foreach (RunNode node in nodes.Where(node => node.Result is null))
        {
            Finish(node, _halted is null || cancellation.IsCancellationRequested
                ? new TargetResult(node.Target.Address, TargetOutcome.Interrupted)
                : new TargetResult(node.Target.Address, TargetOutcome.Blocked) { BlockedBy = _halted });
        }
    }

    private void ResolveOpen()
    {
        while (_open.TryDequeue(out RunNode? node))
        {
            if (!cancellation.IsCancellationRequested)
            {
                Resolve(node);
            }
        }
    }

    /// <summary>All producers have results: blocked, failed, cached or ready.</summary>
    private void Resolve(RunNode node)
    {
        // A producer may be on its way again, because another consumer found its outputs damaged.
        node.WaitingFor.UnionWith(node.Producers.Where(producer => producer.Result is null));
        if (node.WaitingFor.Count > 0)
        {
            return;
        }

        if (node.Producers.FirstOrDefault(producer => !producer.Result!.IsDone) is { } bad)
        {
            Finish(node, new TargetResult(node.Target.Address, TargetOutcome.Blocked) { BlockedBy = bad.Result!.BlockedBy ?? bad.Target.Address });
            return;
        }

        // What a consumer found damaged is made again by whoever found it, wherever it was made first.
        bool isRemote = !node.Repair && settings.Remote?.Has(node.Target.Address) == true;
        try
        {
            node.Bound = node.Producers.ToDictionary(producer => producer.Target.Address, producer => producer.Outputs, StringComparer.Ordinal);
            node.Key = TargetKey.Of(node.Target, settings.Keys, address => node.Bound[address]);
            if (!isRemote && settings.Store.FindRun(node.Key.Hash) is { } record && (!node.NeedsWholeOutputs || settings.Store.HasVerified(record)))
            {
                bool cutOff = node.Producers.Any(producer => producer.Result!.Outcome == TargetOutcome.Ran);
                Finish(node, Cached(node, record, cutOff ? "what it reads ran again and came out the same" : "up to date"));
                return;
            }
        }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            Fail(node, e, TimeSpan.Zero);
            return;
        }

        if (!node.Repair && settings.Only?.Contains(node.Target.Address) == false)
        {
            Fail(
                node,
                new UserErrorException(
                    $"Its outputs are not in the store '{settings.Store.Root}'.", node.Target.Address,
                    "The job that makes it failed, or its record cannot be seen here."), TimeSpan.Zero);
        }
        else if (_inFlight.TryGetValue(node.Key.Hash, out List<RunNode>? twins))
        {
            twins.Add(node);
        }
        else if (isRemote)
        {
            _inFlight.Add(node.Key.Hash, []);
            _away.Add(node);
            _ = Task.Run(async () => _events.Writer.TryWrite((node, await AwaitAsync(node, settings.Remote!).ConfigureAwait(false))));
        }
        else
        {
            _inFlight.Add(node.Key.Hash, []);
            _ready.Enqueue(node, (-node.Urgency, _position[node]));
        }
    }

    private void StartReady()
    {
        while (_running < settings.Jobs && _halted is null && !cancellation.IsCancellationRequested && _ready.TryDequeue(out RunNode? node, out _))
        {
            _running++;
            TargetRun run = new(settings, node, progress => _observer.Progressed(node.Target, progress));
            _ = Task.Run(
                async () => _events.Writer.TryWrite((node, await run.RunAsync(() => _observer.Started(node.Target), cancellation).ConfigureAwait(false))));
        }
    }

    private async Task<Completion> AwaitAsync(RunNode node, IRemoteTargets remote)
    {
        long start = settings.Clock.GetTimestamp();
        try
        {
            (RunRecord record, bool ran) = await remote.WaitAsync(
                node.Target, node.Key!.Hash, () => _observer.Started(node.Target), progress => _observer.Progressed(node.Target, progress), cancellation)
                    .ConfigureAwait(false);
            return ran ? new Completion.Ran(record) : new Completion.Found(record, "another process made it meanwhile");
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

    private void Settle(RunNode node, Completion completion)
    {
        List<RunNode> twins = _inFlight[node.Key!.Hash];
        _inFlight.Remove(node.Key.Hash);
        twins.ForEach(_open.Enqueue);
        switch (completion)
        {
            case Completion.Ran ran:
                Finish(node, new TargetResult(node.Target.Address, TargetOutcome.Ran) { Record = ran.Record, Duration = ran.Record.Duration });
                break;
            case Completion.Found found:
                Finish(node, Cached(node, found.Record, found.Reason));
                break;
            case Completion.Failed failed:
                Fail(node, failed.Exception, failed.Duration);
                break;
            case Completion.Incomplete incomplete:
                SendBack(node, incomplete.Producers);
                break;
            case Completion.Busy:
                Pause(node);
                break;
            case Completion.Stopped:
                Finish(node, new TargetResult(node.Target.Address, TargetOutcome.Interrupted));
                break;
            default:
                throw new InvalidOperationException($"Unknown completion {completion}.");
        }
    }

    /// <summary>Inputs are missing or damaged in the store: their producers are made again, then the node.</summary>
    private void SendBack(RunNode node, IReadOnlyList<string> addresses)
    {
        if (++node.Repairs > MostRepairs)
        {
            Fail(node, new IOException($"The stored outputs of {string.Join(", ", addresses)} keep getting damaged."), TimeSpan.Zero);
            return;
        }

        foreach (RunNode producer in node.Producers.Where(producer => addresses.Contains(producer.Target.Address)))
        {
            node.WaitingFor.Add(producer);
            if (producer.Result is not null)
            {
                producer.Result = null;
                producer.Repair = true;
                _open.Enqueue(producer);
            }
        }
    }

    private void Pause(RunNode node)
    {
        _pausing++;
        _ = Task.Delay(BusyPause, cancellation)
            .ContinueWith(_ => _events.Writer.TryWrite((node, null)), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static TargetResult Cached(RunNode node, RunRecord record, string reason) =>
        new(node.Target.Address, TargetOutcome.Cached) { Record = record, Reason = reason };

    private void Fail(RunNode node, Exception exception, TimeSpan duration)
    {
        StageFailedException failed = StageFailedException.From(exception);
        if (failed.IsStorage && _halted is not null)
        {
            // Said once is enough.
            Finish(node, new TargetResult(node.Target.Address, TargetOutcome.Blocked) { BlockedBy = _halted });
            return;
        }

        _halted ??= failed.IsStorage ? node.Target.Address : null;
        Finish(node, new TargetResult(node.Target.Address, TargetOutcome.Failed)
        {
            Errors = failed.Errors,
            Details = failed.Details,
            Duration = duration,
            IsOfUsersData = failed.IsUserError && node.Target.Sources.Count > 0,
        });
    }

    private void Finish(RunNode node, TargetResult result)
    {
        node.Result = result;
        foreach (RunNode consumer in node.Consumers)
        {
            if (consumer.WaitingFor.Remove(node) && consumer.WaitingFor.Count == 0)
            {
                _open.Enqueue(consumer);
            }
        }

        _observer.Finished(node.Target, result);
    }
}
