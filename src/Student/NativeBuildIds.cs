using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Student;

/// <summary>The ELF build ids of the natives that compute: part of the key of every stage on tensors. Loads no torch.</summary>
public static class NativeBuildIds
{
    private const string Maps = "/proc/self/maps";

    // glibc since 2.34, glibc before it, musl.
    private static readonly string[] CLibraryNames = ["libc.so.", "libm.so.", "libc-", "libm-", "ld-musl-"];

    /// <summary>One entry <c>library=id</c> for each library, or <c>library=missing</c>; that of CUDA only where there is one.</summary>
    public static IReadOnlyList<string> Read() =>
    [
        Entry(AppContext.BaseDirectory, NativeLibraries.Wrapper),
        Entry(LibtorchFolder.Current, NativeLibraries.Cpu),
        .. new[] { NativeLibraries.Cuda }.Where(name => File.Exists(Path.Combine(LibtorchFolder.Current, name)))
            .Select(name => Entry(LibtorchFolder.Current, name)),
    ];

    /// <summary>
    /// One entry <c>library=id</c> for each part of the C library that this process has loaded, in ordinal order: libm computes what .NET's Math and natives
    /// leave to it.
    /// </summary>
    public static IReadOnlyList<string> OfCLibrary() => File.Exists(Maps)
        ? [.. File.ReadLines(Maps)
            .Select(line => line[(line.IndexOf('/') is var at and >= 0 ? at : line.Length)..])
            .Where(path => CLibraryNames.Any(start => Path.GetFileName(path).StartsWith(start, StringComparison.Ordinal)) && File.Exists(path))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(path => Entry(Path.GetDirectoryName(path)!, Path.GetFileName(path)))]
        : [];

    private static string Entry(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return name + "=" + (File.Exists(path) ? ElfImage.BuildId(path) ?? "none" : "missing");
    }
}
