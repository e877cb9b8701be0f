using System.Collections.Concurrent;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>
/// Outputs by content and run records by key, in one folder: <c>objects/ab/abcd...</c>, <c>runs/ab/abcd....json</c>, <c>locks/</c>,
/// <c>tmp/</c>. Everything appears by rename, whole or not at all; an object is verified when it is read, once per process.
/// Safe for several processes at once.
/// </summary>
public sealed partial class ObjectStore : IDisposable
{
    private readonly ConcurrentDictionary<ContentHash, bool> _verified = new();
    private readonly Action<string> _warn;
    private readonly FileStream _use;
    private readonly ScratchArea _scratch;

    /// <summary>Opens the store, makes it where there is none, and removes what dead processes left in its tmp and locks folders.</summary>
    /// <param name="root">The store's folder: a store, empty, or not there yet.</param>
    /// <param name="warn">Is told of damaged objects and records, which are discarded and made again.</param>
    /// <exception cref="UserErrorException">The folder is something else, or cannot be written.</exception>
    public ObjectStore(string root, Action<string>? warn = null)
    {
        Root = Path.GetFullPath(root);
        _warn = warn ?? (_ => { });
        try
        {
            StoreFolder.Prepare(Root);
            string use = Path.Combine(Root, StoreFolder.UseLock);
            Directory.CreateDirectory(Path.Combine(Root, "locks"));
            using (FileStream? alone = ProcessLock.TryExclusive(use, deleteOnClose: false))
            {
                if (alone is not null)
                {
                    SweepLocks();
                    SweepResumed();
                }
            }

            _use = ProcessLock.Wait(() => ProcessLock.TryShared(use), use);
            _scratch = new ScratchArea(Path.Combine(Root, "tmp"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The store '{Root}' cannot be used: {e.Message}", null, "Check its permissions and the free space, or name another folder.",
                ExitCode.TargetFailed);
        }
    }

    /// <summary>The store's folder, absolute.</summary>
    public string Root { get; }

    /// <summary>A new empty folder inside the store, on the file system of the objects.</summary>
    public ScratchFolder NewScratch() => new(_scratch.NextPath());

    /// <summary>
    /// Takes a finished file into the store by moving it, and leaves nothing at its path. A damaged object of the same content is replaced.
    /// </summary>
    public OutputFile Adopt(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            // A stage that hands an input on has copied the mode of a stored object with it.
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using (FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1))
        {
            stream.Flush(flushToDisk: true);
        }

        OutputFile file = new(ContentHash.OfFile(path), new FileInfo(path).Length);
        Move(path, file);
        return file;
    }

    /// <summary>Takes a file from elsewhere into the store by moving it, when it is what it should be; else removes it and says false.</summary>
    internal bool TryAdopt(string path, OutputFile expected)
    {
        if (new FileInfo(path).Length != expected.Size || ContentHash.OfFile(path) != expected.Digest)
        {
            File.Delete(path);
            return false;
        }

        Move(path, expected);
        return true;
    }

    /// <summary>Bytes that the store's disk has free.</summary>
    public long FreeSpace => new DriveInfo(Root).AvailableFreeSpace;

    private void Move(string path, OutputFile file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        if (Find(file) is not null)
        {
            File.Delete(path);
            return;
        }

        string target = PathOf(file.Digest);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(path, target, overwrite: true);
        _verified[file.Digest] = true;
    }

    /// <summary>True when an object of that digest and size is there; its bytes are not read.</summary>
    public bool Exists(OutputFile file)
    {
        FileInfo info = new(PathOf(file.Digest));
        return info.Exists && info.Length == file.Size;
    }

    /// <summary>
    /// The path of an object whose bytes were verified, to be read and never written; null when it is missing or was damaged.
    /// A damaged object is named in a warning and removed.
    /// </summary>
    public string? Find(OutputFile file)
    {
        string path = PathOf(file.Digest);
        if (!Exists(file))
        {
            if (File.Exists(path))
            {
                Discard(path, $"has {new FileInfo(path).Length} bytes instead of {file.Size}");
            }

            return null;
        }

        if (_verified.ContainsKey(file.Digest))
        {
            return path;
        }

        try
        {
            if (ContentHash.OfFile(path) != file.Digest)
            {
                Discard(path, "does not have the content that its name says");
                return null;
            }
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        _verified[file.Digest] = true;
        return path;
    }

    /// <summary>Writes a verified copy of an object to a path outside of the store, by rename; false when the object is missing or was damaged.</summary>
    public bool Restore(OutputFile file, string path)
    {
        if (Find(file) is not { } source)
        {
            return false;
        }

        string temporary = path + ".part";
        File.Delete(temporary);
        File.Copy(source, temporary);
        if (!OperatingSystem.IsWindows())
        {
            // The kernel copies, or shares the blocks where the file system can; the mode of a stored object comes with it.
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        File.Move(temporary, path, overwrite: true);
        return true;
    }

    /// <summary>Where a stage keeps what it needs to go on after a kill; not there before it keeps any.</summary>
    public string ResumeFolder(ContentHash key) => Path.Combine(Root, Resume, key.Hex);

    /// <summary>Where stages keep finished calls of remote models: for all keys, and longer than any record. Neither Gc nor Clean removes it.</summary>
    public string CallsFolder => StoreFolder.CallsOf(Root);

    /// <summary>Removes a folder of a long stage; one that cannot be removed is left to Gc.</summary>
    internal static void TryRemove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's file, or one that a network file system still holds: nothing is lost but space.
        }
    }

    /// <summary>The right to run a key; null while another thread or process has it.</summary>
    public KeyLock? TryLock(ContentHash key) =>
        ProcessLock.TryExclusive(LockPath(key), deleteOnClose: true) is { } stream ? new KeyLock(stream) : null;

    /// <summary>The right to a key that others hold for moments only.</summary>
    /// <exception cref="IOException">Another thread or process has held it for ten seconds.</exception>
    public KeyLock Lock(ContentHash key) => new(ProcessLock.Wait(() => ProcessLock.TryExclusive(LockPath(key), deleteOnClose: true), LockPath(key)));

    /// <summary>Removes this process's scratch folders and lets go of the store.</summary>
    public void Dispose()
    {
        _scratch.Dispose();
        _use.Dispose();
    }

    /// <summary>Where an object lies in a store.</summary>
    internal static string ObjectPath(string root, ContentHash digest) => Path.Combine(root, "objects", digest.Hex[..2], digest.Hex);

    /// <summary>Where an object of that content lies, whether it is there or not.</summary>
    public string PathOf(ContentHash digest) => ObjectPath(Root, digest);

    private string LockPath(ContentHash key) => Path.Combine(Root, "locks", key.Hex);

    private void Discard(string path, string why)
    {
        _warn($"The stored file '{Path.GetRelativePath(Root, path)}' {why}: it is removed and made again.");
        File.Delete(path);
    }

    private void WriteWhole(string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = _scratch.NextPath();
        using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporary, path, overwrite: true);
    }

    // A process that was killed between its record and its clean-up left the way back to a training that is done.
    private void SweepResumed()
    {
        string area = Path.Combine(Root, Resume);
        foreach (string folder in Directory.Exists(area) ? Directory.GetDirectories(area) : [])
        {
            if (ContentHash.TryParse(Path.GetFileName(folder), out ContentHash key) && File.Exists(RecordPath(Root, key)))
            {
                TryRemove(folder);
            }
        }
    }

    /// <summary>Removes lock files that killed processes left. Only for one that is alone: another could be about to lock the file.</summary>
    private void SweepLocks()
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Root, "locks")))
        {
            File.Delete(path);
        }
    }
}
