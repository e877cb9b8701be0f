using System.Globalization;
using System.Runtime.InteropServices;

namespace NaturalThoughts.Student.Tests.Training;

/// <summary>The most memory that an action takes on top of what the process had: Linux's high-water mark of the resident set.</summary>
internal static partial class PeakMemory
{
    /// <summary>The most bytes that an action takes on top of what the process had.</summary>
    public static long Of(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // Each larger tensor has pages of its own, so that no hole between others is counted (mallopt(3): M_MMAP_MAX, M_MMAP_THRESHOLD).
        _ = SetOption(-4, 1 << 16);
        _ = SetOption(-3, 1 << 16);

        // Free memory goes back to the system, so that what is taken from it is seen; "5" resets the mark (proc(5)).
        _ = Trim(0);
        File.WriteAllText("/proc/self/clear_refs", "5");
        long before = Read("VmRSS");
        action();
        return Read("VmHWM") - before;
    }

    private static long Read(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
