using System.Security.Cryptography;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>
/// This process's part of the store's tmp folder: a folder and, beside it, a file that is locked as long as the process lives.
/// Whoever opens the store removes the parts whose lock nobody holds.
/// </summary>
internal sealed class ScratchArea : IDisposable
{
    private const string LockSuffix = ".lock";
    private static readonly TimeSpan Foreign = TimeSpan.FromDays(2);
    private static readonly string Own = Environment.MachineName + "~";
    private readonly FileStream? _alive;
    private readonly string _folder = "";
    private int _count;

    public ScratchArea(string root)
    {
        Directory.CreateDirectory(root);
        Sweep(root);
        while (_alive is null)
        {
            // Not part of any result: a name that no other process has.
            _folder = Path.Combine(root, Own + RandomNumberGenerator.GetHexString(16, lowercase: true));
            FileStream? alive = ProcessLock.TryExclusive(_folder + LockSuffix, deleteOnClose: true);
            if (alive is not null && File.Exists(_folder + LockSuffix))
            {
                _alive = alive;
            }
            else
            {
                // A sweep removed the file between its making and its locking: such a lock protects nothing.
                alive?.Dispose();
            }
        }

        Directory.CreateDirectory(_folder);
    }

    /// <summary>A path that is used once.</summary>
    public string NextPath() => Path.Combine(_folder, Interlocked.Increment(ref _count).ToString("d6", System.Globalization.CultureInfo.InvariantCulture));

    public void Dispose()
    {
        new ScratchFolder(_folder).Dispose();
        _alive?.Dispose();
    }

    private static void Sweep(string root)
    {
        foreach (string folder in Directory.EnumerateDirectories(root).Where(IsOurs).Order(StringComparer.Ordinal))
        {
            using FileStream? dead = ProcessLock.TryExclusive(folder + LockSuffix, deleteOnClose: true);
            if (dead is not null && Directory.Exists(folder))
            {
                new ScratchFolder(folder).Dispose();
            }
        }

        foreach (string path in Directory.EnumerateFiles(root, "*" + LockSuffix).Where(IsOurs))
        {
            ProcessLock.TryExclusive(path, deleteOnClose: true, FileMode.Open)?.Dispose();
        }
    }

    // Where a file system keeps locks to each machine, the lock of a process elsewhere looks free: what another machine made is left until it is old.
    private static bool IsOurs(string path) =>
        Path.GetFileName(path) is var name && (!name.Contains('~', StringComparison.Ordinal) || name.StartsWith(Own, StringComparison.Ordinal)
            || TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(path) > Foreign);
}
