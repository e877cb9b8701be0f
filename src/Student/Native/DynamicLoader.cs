using System.Runtime.InteropServices;

namespace NaturalThoughts.Student.Native;

/// <summary>dlopen with every symbol bound at once; .NET's own loader binds them when they are first called.</summary>
internal static class DynamicLoader
{
    private const int Now = 2; // RTLD_NOW of Linux, bits/dlfcn.h

    /// <summary>Loads a library; handle 0 and what the system says where that fails.</summary>
    public static (nint Handle, string? Error) Open(string path)
    {
        DlError(); // bound before it is needed: to bind it later would clear the error
        nint handle = DlOpen(path, Now);
        return handle != 0 ? (handle, null) : (0, Marshal.PtrToStringUTF8(DlError()));
    }

    [DllImport("libdl.so.2", EntryPoint = "dlopen", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint DlOpen([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libdl.so.2", EntryPoint = "dlerror")]
    private static extern nint DlError();
}
