using System.Runtime.InteropServices;

namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>
/// Tells the system about pages of memory, madvise(2) of Linux: of a file's map, that what is about to be read may come in large reads, and that what
/// has been read need not count as memory of the process any longer (it stays in the page cache). Advice alone: no result depends on it.
/// </summary>
public static unsafe class MemoryAdvice
{
    private const int WillNeed = 3;
    private const int DontNeed = 4;
    private const int HugePage = 14;
    private const int PopulateRead = 22; // since Linux 5.14; refused before, without harm
    private const nuint Page = 4096;

    // Less than this is left to the system's own reading ahead.
    private const int Least = 1 << 20;
    private const nuint Large = 1 << 26;

    /// <summary>These bytes will be read soon: the system begins to fetch them.</summary>
    internal static void Expected(ReadOnlySpan<byte> bytes)
    {
        // A bit at a time: of a longer one, the system takes no more than the largest read of the device (force_page_cache_ra of Linux).
        for (int at = 0; at < bytes.Length; at += Least)
        {
            Advise(bytes[at..Math.Min(bytes.Length, at + Least)], WillNeed);
        }
    }

    /// <summary>Tells the system that these bytes will be read now.</summary>
    internal static void Before(ReadOnlySpan<byte> bytes)
    {
        Expected(bytes);
        Advise(bytes, PopulateRead);
    }

    /// <summary>Tells the system that these bytes have been read and are not needed again.</summary>
    internal static void After(ReadOnlySpan<byte> bytes) => Advise(bytes, DontNeed);

    /// <summary>Memory that is still to be written to may come in large pages, where it is large itself.</summary>
    /// <param name="address">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    public static void LargePages(nuint address, nuint length)
    {
        // Whole pages of it alone: what lies beside it is somebody else's.
        nuint start = (address + Page - 1) & ~(Page - 1);
        if (length >= Large)
        {
            _ = Madvise(start, (address + length - start) & ~(Page - 1), HugePage);
        }
    }

    private static void Advise(ReadOnlySpan<byte> bytes, int advice)
    {
        if (bytes.Length < Least)
        {
            return;
        }

        fixed (byte* first = bytes)
        {
            nuint start = (nuint)first & ~(Page - 1);
            _ = Madvise(start, (nuint)first + (nuint)bytes.Length - start, advice);
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Madvise(nuint address, nuint length, int advice);
}
