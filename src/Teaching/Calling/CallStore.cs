using System.IO.Compression;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// Finished calls in a folder, one file each, named by key. Any number of threads and processes may use one folder: whoever makes a call holds its
/// claim meanwhile. Where the file system has no locks, a call may be made twice; the entry is whole anyway.
/// </summary>
/// <param name="folder">The folder; made when the first call is claimed.</param>
/// <param name="warn">Told of a damaged entry, which is removed and called again.</param>
public sealed class CallStore(string folder, Action<string>? warn = null)
{
    /// <summary>The entry of a key; null where it was not called yet.</summary>
    public CallEntry? Find(ContentHash key)
    {
        string path = PathOf(key);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return CallEntryFile.Read(path, key);
        }
        catch (InvalidDataException error)
        {
            warn?.Invoke($"The kept call '{key.Short}' is damaged ({error.Message}): it is removed, and called again where that is allowed.");
            File.Delete(path);
            return null;
        }
    }

    /// <summary>What the server sent for a call that was found.</summary>
    public string Raw(ContentHash key) => CallEntryFile.Raw(PathOf(key));

    /// <summary>
    /// The right to make a call; null while another thread or process has it. Look once more whether the call is kept after this: the
    /// holder before may have finished it.
    /// </summary>
    public CallClaim? TryClaim(ContentHash key)
    {
        string claims = Path.Combine(folder, "claims");
        Directory.CreateDirectory(claims);
        try
        {
            return new CallClaim(
                new FileStream(Path.Combine(claims, key.Hex), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1), PathOf(key), key);
        }
        catch (IOException error) when (error.GetType() == typeof(IOException) && IsShared(error))
        {
            return null;
        }
    }

    /// <summary>Removes the claim's file of a call that is kept.</summary>
    internal void Forget(ContentHash key)
    {
        if (File.Exists(PathOf(key)))
        {
            File.Delete(Path.Combine(folder, "claims", key.Hex));
        }
    }

    /// <summary>Compresses bytes with gzip.</summary>
    internal static byte[] Compress(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private string PathOf(ContentHash key) => Path.Combine(folder, "entries", key.Hex[..2], key.Hex + ".gz");

    // EWOULDBLOCK of flock on Linux (11) and macOS (35), a sharing violation on Windows (32).
    private static bool IsShared(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;
}
