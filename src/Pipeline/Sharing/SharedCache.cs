using System.Collections.Concurrent;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>
/// A store's dealings with a storage that others share and nobody trusts: records are taken when their document hashes to the key,
/// objects when their bytes hash to the digest, through the store's scratch. A storage that cannot be used is warned of once and left
/// alone for the rest of the run, which goes on without it.
/// </summary>
public sealed partial class SharedCache : IAsyncDisposable
{
    private const int MostWrong = 3;
    private readonly ObjectStore _store;
    private readonly ISharedStorage _storage;
    private readonly Func<string, IStage> _catalog;
    private readonly Action<string> _warn;
    private readonly ConcurrentDictionary<ContentHash, Lazy<Task<bool>>> _pulls = new();
    private readonly ConcurrentDictionary<ContentHash, bool> _wrongObjects = new();
    private readonly Lock _gate = new();
    private bool _readable = true;
    private bool _writable = true;
    private int _wrong;
    private SharedTraffic _traffic = new(0, 0, 0, 0, 0, 0);

    /// <param name="store">Where what is taken goes, and what is given comes from.</param>
    /// <param name="storage">The storage; disposed with this.</param>
    /// <param name="catalog">Stage name to stage: a record must name what its stage writes.</param>
    /// <param name="warn">Is told, once, that the storage cannot be used, and of each wrong thing that it gave.</param>
    public SharedCache(ObjectStore store, ISharedStorage storage, Func<string, IStage> catalog, Action<string>? warn = null)
    {
        _store = store;
        _storage = storage;
        _catalog = catalog;
        _warn = warn ?? (_ => { });
    }

    /// <summary>What messages call the storage.</summary>
    public string Name => _storage.Name;

    /// <summary>What was taken and given so far.</summary>
    public SharedTraffic Traffic
    {
        get
        {
            lock (_gate)
            {
                return _traffic;
            }
        }
    }

    /// <summary>The record of a key; null when there is none that could be right. It is not kept in the store.</summary>
    public async Task<RunRecord?> FindRunAsync(ContentHash key, CancellationToken cancellation)
    {
        if (!_readable || await AskAsync(() => _storage.GetRecordAsync(key, cancellation), $"the record {key.Short}").ConfigureAwait(false) is not { } text)
        {
            return null;
        }

        RunRecord? record = RunRecordFormat.Read(text, key);
        if ((record is null ? "is not a record of that key" : SharedRecordRules.Fault(record, _catalog(record.StageName).Description)) is { } fault)
        {
            Wrong($"the record {key.Short} {fault}");
            return null;
        }

        return record;
    }

    /// <summary>Keeps a record that came from the storage.</summary>
    public void Keep(RunRecord record)
    {
        _store.Keep(record);
        Count(traffic => traffic with { TakenRecords = traffic.TakenRecords + 1 });
    }

    /// <summary>Takes all outputs of a record that are missing or damaged in the store; false when one could not be had.</summary>
    public async Task<bool> CompleteAsync(RunRecord record, CancellationToken cancellation)
    {
        foreach (OutputFile output in record.Outputs.Values)
        {
            if (_store.Find(output) is null && !await PullAsync(output, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes an object into the store; false when it could not be had.</summary>
    public async Task<bool> PullAsync(OutputFile file, CancellationToken cancellation)
    {
        // Several targets may want the same weights at once.
        Lazy<Task<bool>> pull = _pulls.GetOrAdd(file.Digest, _ => new Lazy<Task<bool>>(() => PullOnceAsync(file, cancellation)));
        try
        {
            return await pull.Value.ConfigureAwait(false);
        }
        finally
        {
            _pulls.TryRemove(new KeyValuePair<ContentHash, Lazy<Task<bool>>>(file.Digest, pull));
        }
    }

    /// <summary>True when the storage says that it has an object.</summary>
    public async Task<bool> HasAsync(OutputFile file, CancellationToken cancellation) =>
        _readable && !_wrongObjects.ContainsKey(file.Digest)
            && await AskAsync(() => _storage.HasObjectAsync(file, cancellation), "an object").ConfigureAwait(false);

    /// <summary>Asks for something that cannot be there; null when the storage answers, else what is wrong, as the end of a sentence.</summary>
    public async Task<string?> ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            await _storage.HasObjectAsync(default, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is SharedStorageException or IOException or UnauthorizedAccessException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    private async Task<bool> PullOnceAsync(OutputFile file, CancellationToken cancellation)
    {
        if (!_readable)
        {
            return false;
        }

        string name = $"the object {file.Digest.Short}";
        if (file.Size > _store.FreeSpace)
        {
            Wrong(FormattableString.Invariant($"{name} is said to have {file.Size} bytes, more than there is free space"));
            return false;
        }

        using ScratchFolder scratch = _store.NewScratch();
        string path = Path.Combine(scratch.FullPath, file.Digest.Hex);
        if (!await AskAsync(() => _storage.GetObjectAsync(file, path, cancellation), name, () => _wrongObjects[file.Digest] = true).ConfigureAwait(false))
        {
            return false;
        }

        if (!_store.TryAdopt(path, file))
        {
            _wrongObjects[file.Digest] = true;
            Wrong($"{name} has other bytes");
            return false;
        }

        Count(traffic => traffic with { TakenObjects = traffic.TakenObjects + 1, TakenBytes = traffic.TakenBytes + file.Size });
        return true;
    }

    /// <summary>Asks the storage; default when it does not answer as it should.</summary>
    private async Task<T?> AskAsync<T>(Func<Task<T>> ask, string what, Action? onWrong = null)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (SharedStorageException e) when (e.Fault == StorageFault.Item)
        {
            onWrong?.Invoke();
            Wrong($"{what} {e.Message}");
        }
        catch (Exception e) when (e is SharedStorageException or IOException or UnauthorizedAccessException)
        {
            bool refused = e is SharedStorageException { Fault: StorageFault.Refused };
            LeaveAlone(
                refused ? $"cannot be read: {e.Message}. Credentials come from the environment, see --help" : $"cannot be used: {e.Message.TrimEnd('.')}");
        }

        return default;
    }

    private void Wrong(string what)
    {
        _warn($"The shared cache {Name} is wrong: {what}. It was not taken.");
        if (Interlocked.Increment(ref _wrong) == MostWrong)
        {
            LeaveAlone("was wrong too often");
        }
    }

    private void LeaveAlone(string why)
    {
        lock (_gate)
        {
            if (!_readable)
            {
                return;
            }

            _readable = _writable = false;
        }

        _warn($"The shared cache {Name} {why}. The run goes on without it.");
    }

    private void Count(Func<SharedTraffic, SharedTraffic> add)
    {
        lock (_gate)
        {
            _traffic = add(_traffic);
        }
    }
}
