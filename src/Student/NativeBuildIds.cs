using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Student;

/// <summary>The ELF build ids of the natives that compute: part of the key of every stage on tensors. Loads no torch.</summary>
public static class NativeBuildIds
{
    /// <summary>One entry <c>library=id</c> for each library, or <c>library=missing</c>; that of CUDA only where there is one.</summary>
    public static IReadOnlyList<string> Read() =>
    [
        Entry(AppContext.BaseDirectory, NativeLibraries.Wrapper),
        Entry(LibtorchFolder.Current, NativeLibraries.Cpu),
        .. new[] { NativeLibraries.Cuda }.Where(name => File.Exists(Path.Combine(LibtorchFolder.Current, name))).Select(name => Entry(LibtorchFolder.Current, name)),
    ];

    private static string Entry(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return name + "=" + (File.Exists(path) ? ElfImage.BuildId(path) ?? "none" : "missing");
    }
}
