using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// The right to make a call: an open file that the system locks, so that a holder that was killed holds nothing. The finished call is
/// written beside it and then gets its name among the entries: it is there whole or not at all.
/// </summary>
public sealed class CallClaim : IDisposable
{
    private readonly FileStream _file;
    private readonly string _target;
    private readonly ContentHash _key;

    internal CallClaim(FileStream file, string target, ContentHash key) => (_file, _target, _key) = (file, target, key);

    /// <summary>Writes the finished call into the store.</summary>
    /// <param name="entry">The call.</param>
    /// <param name="raw">What the server sent, compressed with gzip.</param>
    public void Complete(CallEntry entry, byte[] raw)
    {
        if (entry.Key != _key)
        {
            throw new ArgumentException("The entry is one of another call.", nameof(entry));
        }

        string part = _file.Name + ".part";
        using (FileStream stream = new(part, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            stream.Write(CallEntryFile.Head(entry));
            stream.Write(raw);
            stream.Flush(flushToDisk: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
        File.Move(part, _target, overwrite: true);

        // Whoever claims the call from here on finds it kept, so the file may go; that of a call that failed stays for its next holder.
        File.Delete(_file.Name);
    }

    /// <summary>Releases the lock, so that another process may make the call.</summary>
    public void Dispose() => _file.Dispose();
}
