using System.Collections.Concurrent;
using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Sharing;

public sealed partial class SharedCache
{
    private readonly ConcurrentDictionary<ContentHash, bool> _given = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _giving = Task.CompletedTask;

    /// <summary>Gives a run that was just recorded to the storage, after those before it and beside the scheduler.</summary>
    public void Give(RunRecord record)
    {
        if (!_writable)
        {
            return;
        }

        lock (_gate)
        {
            Task before = _giving;
            _giving = Task.Run(async () =>
            {
                await before.ConfigureAwait(false);
                await GiveAsync(record).ConfigureAwait(false);
            });
        }
    }

    /// <summary>Waits until everything was given; when cancelled, what is left is dropped.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        using CancellationTokenRegistration stop = cancellation.Register(_stop.Cancel);
        await _giving.ConfigureAwait(false);
    }

    /// <summary>Drops what was not given yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _giving.ConfigureAwait(false);
        _storage.Dispose();
        _stop.Dispose();
    }

    /// <summary>Objects first: whoever finds the record finds them.</summary>
    private async Task GiveAsync(RunRecord record)
    {
        try
        {
            foreach (OutputFile output in record.Outputs.Values)
            {
                if (!_writable || _stop.IsCancellationRequested || !await GiveAsync(output).ConfigureAwait(false))
                {
                    return;
                }
            }

            await _storage.PutRecordAsync(record.Key, Encoding.UTF8.GetBytes(RunRecordFormat.Write(record)), _stop.Token).ConfigureAwait(false);
            Count(traffic => traffic with { GivenRecords = traffic.GivenRecords + 1 });
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nothing was promised.
        }
        catch (SharedStorageException e) when (e.Fault == StorageFault.Item)
        {
            _warn($"The shared cache {Name} did not take a target: an output of {record.Address} {e.Message}.");
        }
        catch (SharedStorageException e) when (e.Fault == StorageFault.Unreachable)
        {
            LeaveAlone($"cannot be used: {e.Message.TrimEnd('.')}");
        }
        catch (Exception e) when (e is SharedStorageException or IOException or UnauthorizedAccessException)
        {
            _writable = false;
            _warn(
                $"The shared cache {Name} accepts nothing from this run: {e.Message.TrimEnd('.')}. "
                + "What this run makes stays in its own store; reading continues.");
        }
    }

    private async Task<bool> GiveAsync(OutputFile output)
    {
        if (_given.ContainsKey(output.Digest))
        {
            return true;
        }

        if (_store.Find(output) is not { } path)
        {
            return false;
        }

        // What it has but gave wrongly is written over.
        if (_wrongObjects.ContainsKey(output.Digest) || !await _storage.HasObjectAsync(output, _stop.Token).ConfigureAwait(false))
        {
            await _storage.PutObjectAsync(output, path, _stop.Token).ConfigureAwait(false);
            Count(traffic => traffic with { GivenObjects = traffic.GivenObjects + 1, GivenBytes = traffic.GivenBytes + output.Size });
        }

        _given[output.Digest] = true;
        return true;
    }
}
