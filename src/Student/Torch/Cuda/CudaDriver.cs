using System.Runtime.InteropServices;

namespace NaturalThoughts.Student.Torch.Cuda;

/// <summary>What is needed of the CUDA Driver API: modules and launches in the primary context of a device, which is libtorch's.</summary>
internal sealed unsafe class CudaDriver
{
    // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR of cuda.h.
    private const int MajorVersion = 75;
    private const int MinorVersion = 76;

    private readonly nint _library;
    private readonly delegate* unmanaged<nint*, int> _currentContext;
    private readonly delegate* unmanaged<nint, int> _pushContext;
    private readonly delegate* unmanaged<nint*, int> _popContext;
    private readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> _launch;

    /// <param name="library">Handle of the driver's library.</param>
    public CudaDriver(nint library)
    {
        _library = library;
        _currentContext = (delegate* unmanaged<nint*, int>)Export("cuCtxGetCurrent");
        _pushContext = (delegate* unmanaged<nint, int>)Export("cuCtxPushCurrent_v2");
        _popContext = (delegate* unmanaged<nint*, int>)Export("cuCtxPopCurrent_v2");
        _launch = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Export("cuLaunchKernel");
        Check("cuInit", ((delegate* unmanaged<uint, int>)Export("cuInit"))(0));
    }

    /// <summary>The compute capability of a device, such as <c>90</c>.</summary>
    public int Capability(int ordinal) => (10 * Attribute(MajorVersion, ordinal)) + Attribute(MinorVersion, ordinal);

    /// <summary>The primary context of a device. It is never released: libtorch holds it as long as the process lives.</summary>
    public nint PrimaryContext(int ordinal)
    {
        nint context;
        Check("cuDevicePrimaryCtxRetain", ((delegate* unmanaged<nint*, int, int>)Export("cuDevicePrimaryCtxRetain"))(&context, Device(ordinal)));
        return context;
    }

    /// <summary>Loads a module into a context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="image">What the compiler made.</param>
    public nint LoadModule(nint context, ReadOnlySpan<byte> image)
    {
        delegate* unmanaged<nint*, void*, int> load = (delegate* unmanaged<nint*, void*, int>)Export("cuModuleLoadData");
        bool pushed = Enter(context);
        try
        {
            nint module;
            fixed (byte* start = image)
            {
                Check("cuModuleLoadData", load(&module, start));
            }

            return module;
        }
        finally
        {
            Leave(pushed);
        }
    }

    /// <summary>A kernel of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">Its name, in ASCII.</param>
    public nint Function(nint module, string name)
    {
        delegate* unmanaged<nint*, nint, byte*, int> get = (delegate* unmanaged<nint*, nint, byte*, int>)Export("cuModuleGetFunction");
        nint text = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            nint function;
            Check("cuModuleGetFunction", get(&function, module, (byte*)text));
            return function;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>Launches a kernel on the default stream of a context, in which libtorch computes as well.</summary>
    /// <param name="context">The context, which need not be current on this thread.</param>
    /// <param name="function">The kernel.</param>
    /// <param name="grid">Blocks.</param>
    /// <param name="threads">Threads of a block.</param>
    /// <param name="arguments">As many as the kernel has parameters.</param>
    public void Launch(nint context, nint function, (uint X, uint Y) grid, int threads, ReadOnlySpan<CudaArgument> arguments)
    {
        void** slots = stackalloc void*[arguments.Length];
        bool pushed = Enter(context);
        try
        {
            fixed (CudaArgument* first = arguments)
            {
                for (int i = 0; i < arguments.Length; i++)
                {
                    slots[i] = first + i;
                }

                Check("cuLaunchKernel", _launch(function, grid.X, grid.Y, 1, (uint)threads, 1, 1, 0, 0, slots, null));
            }
        }
        finally
        {
            Leave(pushed);
        }
    }

    // Threads of libtorch's autograd have the context already; a thread that has not touched CUDA has none.
    private bool Enter(nint context)
    {
        nint current;
        Check("cuCtxGetCurrent", _currentContext(&current));
        if (current == context)
        {
            return false;
        }

        Check("cuCtxPushCurrent", _pushContext(context));
        return true;
    }

    private void Leave(bool pushed)
    {
        if (pushed)
        {
            nint popped;
            Check("cuCtxPopCurrent", _popContext(&popped));
        }
    }

    private int Attribute(int attribute, int ordinal)
    {
        int value;
        Check("cuDeviceGetAttribute", ((delegate* unmanaged<int*, int, int, int>)Export("cuDeviceGetAttribute"))(&value, attribute, Device(ordinal)));
        return value;
    }

    private int Device(int ordinal)
    {
        int device;
        Check("cuDeviceGet", ((delegate* unmanaged<int*, int, int>)Export("cuDeviceGet"))(&device, ordinal));
        return device;
    }

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);

    private void Check(string function, int result)
    {
        if (result != 0)
        {
            byte* name = null;
            _ = ((delegate* unmanaged<int, byte**, int>)Export("cuGetErrorName"))(result, &name);
            throw new InvalidOperationException(
                FormattableString.Invariant($"{function} answers with error {result} ({Marshal.PtrToStringUTF8((nint)name) ?? "unknown"})."));
        }
    }
}
