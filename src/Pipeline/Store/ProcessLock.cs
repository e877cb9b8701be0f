namespace NaturalThoughts.Pipeline.Store;

/// <summary>
/// Locks that the operating system holds for an open file (flock on Unix): they vanish with the process that holds them, however it ends.
/// On file systems without locks every attempt succeeds; double work is harmless, since objects are named by their content.
/// </summary>
internal static class ProcessLock
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    /// <summary>Opens the file and locks it for this handle alone; null where another handle has it, or where it is not there and must be.</summary>
    public static FileStream? TryExclusive(string path, bool deleteOnClose, FileMode mode = FileMode.OpenOrCreate)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, 1, deleteOnClose ? FileOptions.DeleteOnClose : FileOptions.None);
        }
        catch (IOException e) when (IsHeld(e) || (e is FileNotFoundException && mode == FileMode.Open))
        {
            return null;
        }
    }

    /// <summary>Opens the file for reading beside other readers; null where a handle has it for itself.</summary>
    public static FileStream? TryShared(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Repeats an attempt that fails for moments only.</summary>
    /// <exception cref="IOException">It still fails after ten seconds.</exception>
    public static FileStream Wait(Func<FileStream?> attempt, string path)
    {
        for (int i = 0; i < 2000; i++)
        {
            if (attempt() is { } stream)
            {
                return stream;
            }

            Thread.Sleep(5);
        }

        throw new IOException($"Another process has held '{path}' for ten seconds.");
    }

    private static bool IsHeld(IOException e) =>
        e.HResult == (OperatingSystem.IsWindows() ? WindowsSharingViolation : OperatingSystem.IsLinux() ? 11 : 35); // EWOULDBLOCK
}
