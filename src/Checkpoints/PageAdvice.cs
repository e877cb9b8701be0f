using System.Runtime.InteropServices;

namespace NaturalThoughts.Checkpoints;

/// <summary>
/// Tells the system about pages of a memory map, madvise(2) of Linux: what is about to be read comes in large reads, and what has been read does not
/// count as memory of the process any longer (it stays in the page cache). Advice alone: no result depends on it.
/// </summary>
internal static unsafe class PageAdvice
{
    private const int WillNeed = 3;
    private const int DontNeed = 4;
    private const nuint Page = 4096;

    // Less than this is left to the system's own reading ahead.
    private const int Least = 1 << 20;

    /// <summary>These bytes will be read.</summary>
    public static void Before(ReadOnlySpan<byte> bytes) => Advise(bytes, WillNeed);

    /// <summary>These bytes have been read.</summary>
    public static void After(ReadOnlySpan<byte> bytes) => Advise(bytes, DontNeed);

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
