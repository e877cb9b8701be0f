using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>Tells a store from any other folder, by a marker file, and removes one safely.</summary>
public static class StoreFolder
{
    /// <summary>The marker's name; its text is the version of the layout.</summary>
    public const string Marker = ".naturalthoughts-store";

    private const string Version = "1\n";
    internal const string UseLock = "use.lock";

    /// <summary>
    /// Removes the store. A folder that does not exist is fine.
    /// </summary>
    /// <returns>True when there was one.</returns>
    /// <exception cref="UserErrorException">The folder is not a store, or a process is using it.</exception>
    public static bool Clean(string root)
    {
        if (!Directory.Exists(root))
        {
            return false;
        }

        if (!File.Exists(Path.Combine(root, Marker)))
        {
            throw new UserErrorException($"'{root}' is not a store: it has no file '{Marker}'. Nothing was removed.", null, "Remove it by hand if you mean it.");
        }

        using (FileStream? alone = FileLock.TryExclusive(Path.Combine(root, UseLock), deleteOnClose: false))
        {
            if (alone is null)
            {
                throw new UserErrorException($"Another process is using the store '{root}'. Nothing was removed.", null, "Wait for it to end.", ExitCode.TargetFailed);
            }

            // Renamed first, so that a store that is half removed is never taken for one that is whole.
            string doomed = root.TrimEnd(Path.DirectorySeparatorChar) + ".removing";
            if (Directory.Exists(doomed))
            {
                Directory.Delete(doomed, recursive: true);
            }

            Directory.Move(root, doomed);
            Directory.Delete(doomed, recursive: true);
        }

        return true;
    }

    /// <summary>Makes the folder a store, or checks that it is one.</summary>
    internal static void Prepare(string root)
    {
        string marker = Path.Combine(root, Marker);
        if (!File.Exists(marker))
        {
            // Another process may be making the same store just now: the marker comes first, so look for it again.
            if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any() && !File.Exists(marker))
            {
                throw new UserErrorException($"'{root}' cannot become a store: it has other files in it.", null, "Name an empty or new folder.");
            }

            Directory.CreateDirectory(root);
            File.WriteAllText(marker, Version);
        }

        string version = File.ReadAllText(marker);
        for (int i = 0; i < 200 && version.Length == 0; i++)
        {
            Thread.Sleep(5);
            version = File.ReadAllText(marker);
        }

        if (version.Length == 0)
        {
            // Whoever was writing it was killed.
            File.WriteAllText(marker, version = Version);
        }

        if (version != Version)
        {
            throw new UserErrorException(
                $"The store '{root}' has the layout version '{version.Trim()}', this program knows '{Version.Trim()}'.", null, "Use another store folder, or clean this one.");
        }
    }
}
