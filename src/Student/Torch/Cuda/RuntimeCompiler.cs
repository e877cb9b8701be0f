using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Student.Torch.Cuda;

/// <summary>NVRTC, NVIDIA's compiler of CUDA C++ as a library; every PyTorch for CUDA brings it.</summary>
/// <param name="library">Handle of the library, or of one that needs it.</param>
internal sealed unsafe partial class RuntimeCompiler(nint library)
{
    private const string Create = "nvrtcCreateProgram";

    /// <summary>Finds the library, beside libtorch first.</summary>
    /// <param name="folder">The folder of libtorch.</param>
    /// <returns>Null where it is not found.</returns>
    public static RuntimeCompiler? Find(string folder)
    {
        // First beside libtorch, then what the system or libtorch has loaded; an export is also found through a library that needs the exporting one.
        foreach (string path in (string[])[.. Beside(folder), "libnvrtc.so.13", "libnvrtc.so.12", Path.Combine(folder, "libcaffe2_nvrtc.so")])
        {
            nint handle = DynamicLoader.Open(path).Handle;
            if (handle != 0 && NativeLibrary.TryGetExport(handle, Create, out _))
            {
                LoadBuiltins();
                return new RuntimeCompiler(handle);
            }
        }

        return null;
    }

    /// <summary>Compiles a source for one kind of device.</summary>
    /// <param name="source">CUDA C++ that includes nothing.</param>
    /// <param name="capability">Of the device that it is for, such as <c>90</c>.</param>
    /// <returns>A module for the driver to load.</returns>
    /// <exception cref="InvalidOperationException">It does not compile; the message holds the compiler's log.</exception>
    public byte[] Compile(string source, int capability)
    {
        delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int> create =
            (delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)Export(Create);
        delegate* unmanaged<nint, int, byte**, int> compile = (delegate* unmanaged<nint, int, byte**, int>)Export("nvrtcCompileProgram");
        delegate* unmanaged<nint*, int> destroy = (delegate* unmanaged<nint*, int>)Export("nvrtcDestroyProgram");
        nint program;
        fixed (byte* text = Text(source), name = Text("kernels.cu"),
            target = Text(FormattableString.Invariant($"--gpu-architecture=sm_{capability}")), standard = Text("--std=c++17"))
        {
            Check(Create, create(&program, text, name, 0, null, null));
            try
            {
                byte** options = stackalloc byte*[] { target, standard };
                int result = compile(program, 2, options);
                if (result != 0)
                {
                    string log = Encoding.UTF8.GetString(Output(program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog")).TrimEnd('\0', '\n');
                    throw new InvalidOperationException(
                        FormattableString.Invariant($"nvrtcCompileProgram answers with error {result} for compute capability {capability}:\n{log}"));
                }

                return Output(program, "nvrtcGetCUBINSize", "nvrtcGetCUBIN");
            }
            finally
            {
                _ = destroy(&program);
            }
        }
    }

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    // PyTorch has it in its own folder, or in a package of its own, site-packages/nvidia/*/lib.
    private static IEnumerable<string> Beside(string folder)
    {
        string packages = Path.Combine(folder, "..", "..", "nvidia");
        IEnumerable<string> folders = Directory.Exists(packages)
            ? Directory.EnumerateDirectories(packages).Order(StringComparer.Ordinal).Select(package => Path.Combine(package, "lib"))
            : [];
        return folders.Prepend(folder).Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateFiles(place, "libnvrtc*").Order(StringComparer.Ordinal))
            .Where(path => FileName().IsMatch(Path.GetFileName(path)));
    }

    // NVRTC opens the library of its built-in functions by name alone; it finds that which is loaded already.
    private static void LoadBuiltins()
    {
        string[] compilers = [.. File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/') is >= 0 and int at ? line[at..] : "")
            .Where(path => FileName().IsMatch(Path.GetFileName(path))).Distinct()];
        foreach (string builtins in compilers.SelectMany(path => Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "libnvrtc-builtins*.so*"))
            .Where(path => !path.Contains(".alt.", StringComparison.Ordinal)))
        {
            _ = DynamicLoader.Open(builtins);
        }
    }

    private byte[] Output(nint program, string sizeFunction, string function)
    {
        nuint size;
        Check(sizeFunction, ((delegate* unmanaged<nint, nuint*, int>)Export(sizeFunction))(program, &size));
        byte[] output = new byte[size];
        fixed (byte* start = output)
        {
            Check(function, ((delegate* unmanaged<nint, byte*, int>)Export(function))(program, start));
        }

        return output;
    }

    private nint Export(string name) => NativeLibrary.GetExport(library, name);

    private void Check(string function, int result)
    {
        if (result != 0)
        {
            nint text = ((delegate* unmanaged<int, nint>)Export("nvrtcGetErrorString"))(result);
            throw new InvalidOperationException(FormattableString.Invariant($"{function} answers with error {result} ({Marshal.PtrToStringUTF8(text)})."));
        }
    }

    // libnvrtc.so.13; libnvrtc-5aae16e7.so.12 in a downloaded libtorch. Not the alternative build, nor the built-in functions.
    [GeneratedRegex(@"^libnvrtc(-[0-9a-f]+)?\.so", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
