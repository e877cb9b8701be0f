using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// The right to make a call: an open file that the system locks, so that a holder that was killed holds nothing. The finished call is
/// written into that very file, which then gets its name among the entries: it is there whole or not at all.
/// </summary>
public sealed class CallClaim : IDisposable
{
    private readonly FileStream _file;
    private readonly string _target;
    private readonly ContentHash _key;

    internal CallClaim(FileStream file, string target, ContentHash key) => (_file, _target, _key) = (file, target, key);

    /// <summary>Keeps the finished call.</summary>
    /// <param name="entry">The call.</param>
    /// <param name="raw">What the server sent, compressed with gzip.</param>
    public void Complete(CallEntry entry, byte[] raw)
    {
        if (entry.Key != _key)
        {
            throw new ArgumentException("The entry is one of another call.", nameof(entry));
        }

        _file.SetLength(0);
        _file.Write(CallEntryFile.Head(entry));
        _file.Write(raw);
        _file.Flush(flushToDisk: true);
        Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
        File.Move(_file.Name, _target, overwrite: true);
    }

    /// <summary>Gives the right back. The file of a call that failed stays, empty: removing it could take it from under the next holder.</summary>
    public void Dispose() => _file.Dispose();
}
