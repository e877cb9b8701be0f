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
    private const string Wrapper = "libLibTorchSharp.so";
    private const string Version = "GLIBCXX_3.4.32";
    private static readonly Lazy<string> Loaded = new(LoadOnce);

    /// <summary>Loads what is not loaded yet.</summary>
    /// <returns>One line that says what was loaded from where.</returns>
    /// <exception cref="UserErrorException">A library is missing or does not load; every attempt is named.</exception>
    public static string Load() => Loaded.Value;

    /// <summary>What <see cref="Load"/> would load, without loading it.</summary>
    public static string Describe()
    {
        string folder = AppContext.BaseDirectory;
        return File.Exists(Path.Combine(folder, Wrapper))
            ? $"{folder} ({(HostHasVersion() ? "as they are" : $"{Wrapper} patched: this host lacks {Version}")})"
            : $"missing in {folder}";
    }

    private static string LoadOnce()
    {
        string folder = AppContext.BaseDirectory;
        string wrapper = Path.Combine(folder, Wrapper);
        foreach (string needed in (string[])[Path.Combine(folder, "libtorch.so"), wrapper])
        {
            if (!File.Exists(needed))
            {
                throw new UserErrorException(
                    $"The native library '{needed}' is missing.", "libtorch", "Build again: ./build.sh restores it.", ExitCode.TargetFailed);
            }
        }

        Open(Path.Combine(folder, "libtorch.so"));
        string source = HostHasVersion() ? wrapper : PatchedCopy(wrapper);
        nint handle = Open(source);
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? handle : 0);
        return $"libtorch from {folder}, {source}";
    }

    private static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error)
        {
            throw new UserErrorException(
                $"The native library '{path}' does not load: {error.Message}", "libtorch", "Doctor says what is installed.", ExitCode.TargetFailed);
        }
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
