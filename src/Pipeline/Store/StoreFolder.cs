using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>Tells a store from any other folder, by a marker file, and removes one safely.</summary>
public static class StoreFolder
{
    /// <summary>The marker's name; its text is the version of the layout.</summary>
    public const string Marker = ".naturalthoughts-store";

    private const string Version = "1\n";
    internal const string UseLock = "use.lock";
    internal const string Calls = "calls";

    /// <summary>The folder of finished calls of remote models in the store at a path.</summary>
    public static string CallsOf(string root) => Path.Combine(root, Calls);

    /// <summary>
    /// Removes the store, except for finished calls of remote models, which may have cost money. A folder that does not exist is fine.
    /// </summary>
    /// <returns>True when there was one.</returns>
    /// <exception cref="UserErrorException">The folder is not a store, or a process is using it.</exception>
    public static bool Clean(string root)
    {
        if (!Directory.Exists(root))
        {
            return false;
        }

        Require(root);
        using (FileStream alone = TakeAlone(root))
        {
            // Renamed first, so that a store that is half removed is never taken for one that is whole.
            string doomed = root.TrimEnd(Path.DirectorySeparatorChar) + ".removing";
            if (Directory.Exists(doomed))
            {
                Remove(doomed, root);
            }

            Directory.Move(root, doomed);
            Remove(doomed, root);
        }

        return true;
    }

    /// <summary>Removes what was a store; its calls go to the store of that name, unless calls are there already.</summary>
    private static void Remove(string doomed, string root)
    {
        (string from, string to) = (Path.Combine(doomed, Calls), Path.Combine(root, Calls));
        if (Directory.Exists(from) && !Directory.Exists(to))
        {
            Directory.CreateDirectory(root);
            File.WriteAllText(Path.Combine(root, Marker), Version);
            Directory.Move(from, to);
        }

        Directory.Delete(doomed, recursive: true);
    }

    /// <summary>Checks, before anything is removed from it, that a folder is a store.</summary>
    /// <exception cref="UserErrorException">It is not.</exception>
    internal static void Require(string root)
    {
        if (!File.Exists(Path.Combine(root, Marker)))
        {
            throw new UserErrorException(
                $"'{root}' is not a store: it has no file '{Marker}'. Nothing was removed.", null, "Remove it by hand if you mean it.");
        }
    }

    /// <summary>The sole use of a store until it is disposed: runs wait for it.</summary>
    /// <exception cref="UserErrorException">Another process is using the store.</exception>
    internal static FileStream TakeAlone(string root)
    {
        // A process that is just opening the store holds it for moments.
        for (int i = 0; i < 20; i++)
        {
            if (ProcessLock.TryExclusive(Path.Combine(root, UseLock), deleteOnClose: false) is { } alone)
            {
                return alone;
            }

            Thread.Sleep(10);
        }

        throw new UserErrorException($"Another process is using the store '{root}'. Nothing was removed.", null, "Wait for it to end.", ExitCode.TargetFailed);
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
                $"The store '{root}' has the layout version '{version.Trim()}', this program knows '{Version.Trim()}'.", null,
                "Use another store folder, or clean this one.");
        }
    }
}
