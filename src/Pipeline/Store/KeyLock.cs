namespace NaturalThoughts.Pipeline.Store;

/// <summary>The right to run the target of one key, held across processes until it is disposed or the process ends.</summary>
public sealed class KeyLock : IDisposable
{
    private readonly FileStream _stream;

    internal KeyLock(FileStream stream) => _stream = stream;

    /// <summary>Releases the lock and removes its file.</summary>
    public void Dispose() => _stream.Dispose();
}
