using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Student;

/// <summary>The ELF build ids of the natives that compute: part of the key of every stage on tensors. Loads no torch.</summary>
public static class NativeBuildIds
{
    private static readonly string[] Libraries = ["libLibTorchSharp.so", "libtorch_cpu.so"];

    /// <summary>One entry <c>library=id</c> for each library, or <c>library=missing</c>.</summary>
    public static IReadOnlyList<string> Read() =>
    [
        .. Libraries.Select(name =>
        {
            string path = Path.Combine(AppContext.BaseDirectory, name);
            return name + "=" + (File.Exists(path) ? ElfImage.BuildId(path) ?? "none" : "missing");
        }),
    ];
}
