using System.Runtime.InteropServices;
using NaturalThoughts.Contracts;
using TorchSharp;

namespace NaturalThoughts.Student.Native;

/// <summary>
/// Loads libtorch and TorchSharp's own native library, before the first tensor. TorchSharp's library wants the symbol version
/// GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 lack, although it uses no function of it; TorchSharp then says, misleadingly, that no
/// libtorch package is referenced. There, a copy that needs the version only weakly is loaded.
/// </summary>
public static class NativeLibraries
{
    /// <summary>The library that computes on the processor.</summary>
    internal const string Cpu = "libtorch_cpu.so";

    /// <summary>The library that computes on GPUs; a libtorch for the CPU alone has none.</summary>
    internal const string Cuda = "libtorch_cuda.so";

    /// <summary>TorchSharp's library.</summary>
    internal const string Wrapper = "libLibTorchSharp.so";

    private const string Version = "GLIBCXX_3.4.32";

    // In the order of their needs. PyTorch loads the first one first, so that CUDA's own libraries are found; a CPU build lacks some.
    private static readonly (string Name, bool OfCuda)[] Libraries =
        [("libtorch_global_deps.so", false), ("libc10.so", false), ("libc10_cuda.so", true), (Cpu, false), (Cuda, true), ("libtorch.so", false)];

    private static readonly Lazy<(string Line, nint Wrapper)> Loaded = new(LoadOnce);

    /// <summary>Loads what is not loaded yet.</summary>
    /// <returns>One line that says what was loaded from where.</returns>
    /// <exception cref="UserErrorException">A library is missing or does not load; every attempt is named.</exception>
    public static string Load() => Loaded.Value.Line;

    /// <summary>The address of a function of TorchSharp's library, for what its own types do not offer.</summary>
    internal static nint Export(string name) => NativeLibrary.GetExport(Loaded.Value.Wrapper, name);

    /// <summary>What <see cref="Load"/> would load, without loading it.</summary>
    public static string Describe()
    {
        string folder = LibtorchFolder.Current;
        string wrapper = Path.Combine(AppContext.BaseDirectory, Wrapper);
        string kind = !File.Exists(Path.Combine(folder, Cpu)) ? "missing" : File.Exists(Path.Combine(folder, Cuda)) ? "with CUDA" : "for the CPU";
        string how = !File.Exists(wrapper) ? $"{Wrapper} missing" : HostHasVersion() ? $"{Wrapper} as it is" : $"{Wrapper} patched: this host lacks {Version}";
        return $"libtorch {LibtorchFolder.Version() ?? "of unknown version"} {kind} in {folder} ({how})";
    }

    /// <summary>Refuses a device that the chosen libtorch cannot have, by what is missing. Loads nothing of libtorch.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="UserErrorException">A library of CUDA or the driver is missing.</exception>
    public static void Require(string device)
    {
        if (device != "cuda")
        {
            return;
        }

        string folder = LibtorchFolder.Current;
        string[] missing = [.. Libraries.Where(library => library.OfCuda && !File.Exists(Path.Combine(folder, library.Name))).Select(library => library.Name)];
        if (missing.Length > 0)
        {
            bool partial = missing.Length < Libraries.Count(library => library.OfCuda);
            throw new UserErrorException(
                $"The libtorch in {folder} {(partial ? $"has a part of CUDA only: {string.Join(", ", missing)} is missing" : "is for the CPU only")}.",
                "--device=cuda",
                "Use --libtorch=python or --libtorch=FOLDER with a PyTorch for CUDA, or leave --device out.");
        }

        if (!NativeLibrary.TryLoad("libcuda.so.1", out nint _))
        {
            throw new UserErrorException(
                "There is no NVIDIA driver: libcuda.so.1 does not load.", "--device=cuda", "Install the driver, or leave --device out.");
        }
    }

    private static (string Line, nint Wrapper) LoadOnce()
    {
        Heap.KeepFreedMemory();
        LibtorchSettings.Apply();
        string folder = LibtorchFolder.Current;
        string wrapper = Path.Combine(AppContext.BaseDirectory, Wrapper);
        foreach (string needed in (string[])[Path.Combine(folder, "libc10.so"), Path.Combine(folder, Cpu), Path.Combine(folder, "libtorch.so"), wrapper])
        {
            if (!File.Exists(needed))
            {
                throw new UserErrorException(
                    $"The native library '{needed}' is missing.", "libtorch", "Build again (./build.sh restores it), or choose another with --libtorch.",
                    ExitCode.TargetFailed);
            }
        }

        foreach (string path in Libraries.Select(library => Path.Combine(folder, library.Name)).Where(File.Exists))
        {
            Open(path);
        }

        string source = HostHasVersion() ? wrapper : PatchedCopy(wrapper);
        nint handle = Open(source);
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? handle : 0);
        return ($"libtorch from {folder}, {source}", handle);
    }

    // With all symbols bound at once: one that another libtorch lacks is an error here, with its name, and no crash in the middle of a run.
    private static nint Open(string path)
    {
        (nint handle, string? error) = DynamicLoader.Open(path);
        return handle != 0 ? handle : throw new UserErrorException(
            $"The native library '{path}' does not load: {error?.TrimEnd('.')}.",
            "libtorch",
            $"Doctor says what is installed. {Wrapper} is made for libtorch 2.10; it also fits 2.11.",
            ExitCode.TargetFailed);
    }

    private static string PatchedCopy(string wrapper)
    {
        ElfImage image = ElfImage.Read(wrapper);
        image.WeakenVersion(Version);
        string path = Path.Combine(Path.GetTempPath(), $"naturalthoughts-{Environment.UserName}-{ContentHash.Of(image.Bytes).Short}.so");
        if (!File.Exists(path))
        {
            string part = path + "." + Environment.ProcessId;
            File.WriteAllBytes(part, image.Bytes);
            File.Move(part, path, overwrite: true);
        }

        return path;
    }

    /// <summary>True when the C++ runtime that is loaded has the symbol version.</summary>
    private static bool HostHasVersion() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out nint runtime)
        && NativeLibrary.TryGetExport(runtime, "_ZSt21ios_base_library_initv", out _);
}
