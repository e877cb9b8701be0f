using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Student.Torch.Cuda;

/// <summary>The kernels of <c>kernels.cu</c> on a device: compiled when they are first used there, once in a process.</summary>
public sealed class CudaProgram
{
    /// <summary>Threads of a block of the kernel <c>cross_entropy</c>.</summary>
    internal const int LossThreads = 512;

    /// <summary>Threads of a block of <c>sum_of_squares</c> and <c>rms_norm</c>, and of those that work with any number.</summary>
    internal const int Threads = 256;

    private const string Source = "kernels.cu";

    private static readonly string[] Names =
    [
        "rms_norm", "swiglu_forward", "swiglu_backward", "rotate_forward", "rotate_backward", "cross_entropy", "adamw", "sum_of_squares",
    ];
    private static readonly Lazy<(nint Driver, RuntimeCompiler? Compiler, string? Reason)> Tools = new(() => Find(CudaDevices.Driver, LibtorchFolder.Current));
    private static readonly ConcurrentDictionary<int, Lazy<CudaProgram>> Programs = new();

    private readonly CudaDriver _driver;
    private readonly nint _context;
    private readonly Dictionary<string, nint> _functions;

    private CudaProgram(int ordinal)
    {
        (nint driver, RuntimeCompiler? compiler, string? reason) = Tools.Value;
        _driver = compiler is null ? throw new InvalidOperationException($"There are no kernels: {reason}.") : new CudaDriver(driver);
        _context = _driver.PrimaryContext(ordinal);
        using StreamReader source = new(typeof(CudaProgram).Assembly.GetManifestResourceStream(Source)!);
        nint module = _driver.LoadModule(_context, compiler.Compile(source.ReadToEnd(), _driver.Capability(ordinal)));
        _functions = Names.ToDictionary(name => name, name => _driver.Function(module, name), StringComparer.Ordinal);
    }

    /// <summary>Null where kernels can be compiled; otherwise why not, in one line. Loads nothing of libtorch.</summary>
    public static string? Unavailable => Tools.Value.Reason;

    /// <summary>Null where the kernels of a device are compiled, which is done when it is asked for the first time; otherwise why not.</summary>
    /// <param name="ordinal">The device's number, as CUDA counts.</param>
    public static string? Failure(int ordinal)
    {
        if (Unavailable is { } reason)
        {
            return reason;
        }

        try
        {
            _ = Of(ordinal);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or EntryPointNotFoundException)
        {
            return e.Message; // kept by the Lazy: it is tried once
        }
    }

    /// <summary>The program of a device.</summary>
    /// <param name="ordinal">The device's number, as CUDA counts.</param>
    /// <exception cref="InvalidOperationException">It is <see cref="Unavailable"/>, the source does not compile, or the driver answers with an
    /// error.</exception>
    internal static CudaProgram Of(int ordinal) => Programs.GetOrAdd(ordinal, key => new Lazy<CudaProgram>(() => new CudaProgram(key))).Value;

    /// <summary>What compiles and launches.</summary>
    /// <param name="driver">The driver's library, by name or path.</param>
    /// <param name="folder">The folder of libtorch.</param>
    /// <returns>Handle of the driver and the compiler, or the reason why one of them is missing.</returns>
    internal static (nint Driver, RuntimeCompiler? Compiler, string? Reason) Find(string driver, string folder) =>
        !NativeLibrary.TryLoad(driver, out nint library) ? (0, null, "there is no NVIDIA driver")
        : RuntimeCompiler.Find(folder) is { } compiler ? (library, compiler, null)
        : (library, null, $"there is no NVRTC beside the libtorch in {folder}, nor where the system looks for libraries");

    /// <summary>Launches a kernel on the default stream.</summary>
    /// <param name="kernel">Its name.</param>
    /// <param name="grid">Blocks, at least one each way.</param>
    /// <param name="threads">Threads of a block.</param>
    /// <param name="arguments">The kernel's, in its order.</param>
    internal void Launch(string kernel, (uint X, uint Y) grid, int threads, params ReadOnlySpan<CudaArgument> arguments) =>
        _driver.Launch(_context, _functions[kernel], grid, threads, arguments);
}
