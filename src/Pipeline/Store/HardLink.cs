using System.Runtime.InteropServices;

namespace NaturalThoughts.Pipeline.Store;

/// <summary>A second name for a file where the file system gives one, else a copy.</summary>
internal static class HardLink
{
    public static void CreateOrCopy(string existing, string path)
    {
        if (OperatingSystem.IsWindows() || Link(existing, path) != 0)
        {
            File.Copy(existing, path);
        }
    }

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string path);
}
