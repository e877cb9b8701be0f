using System.Runtime.InteropServices;

namespace NaturalThoughts.Checkpoints.Bench;

/// <summary>What the runtime has no name for.</summary>
internal static class Libc
{
    /// <summary>POSIX_FADV_DONTNEED of Linux.</summary>
    public const int DontNeed = 4;

    /// <summary>posix_fadvise(2): tells the system how a file will be read.</summary>
    [DllImport("libc", EntryPoint = "posix_fadvise")]
    public static extern int Advise(SafeHandle file, long offset, long length, int advice);
}
