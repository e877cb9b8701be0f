using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NaturalThoughts.Student.Native;

/// <summary>
/// The GPUs that the NVIDIA driver sees, asked of the driver itself (CUDA Driver API, section "Device Management"): no libtorch is loaded.
/// </summary>
public static unsafe class CudaDevices
{
    /// <summary>The driver's library.</summary>
    internal const string Driver = "libcuda.so.1";

    /// <summary>One line for each device, such as <c>0: NVIDIA H100 80GB HBM3, 79.6 GiB</c>; one line that says why where there is none.</summary>
    public static IReadOnlyList<string> Describe() => Describe(Driver);

    /// <summary>Bytes of the device that are taken, by this process and all others; null on a thread that has not computed on a device.</summary>
    public static long? MemoryInUse() => MemoryInUse(Driver);

    /// <param name="driver">The library, by name or path.</param>
    internal static long? MemoryInUse(string driver)
    {
        nuint free, total;
        return NativeLibrary.TryLoad(driver, out nint library)
            && ((delegate* unmanaged<nuint*, nuint*, int>)NativeLibrary.GetExport(library, "cuMemGetInfo_v2"))(&free, &total) == 0
            ? (long)(total - free)
            : null;
    }

    /// <param name="driver">The library, by name or path.</param>
    internal static IReadOnlyList<string> Describe(string driver)
    {
        if (!NativeLibrary.TryLoad(driver, out nint library))
        {
            return ["none: there is no NVIDIA driver"];
        }

        delegate* unmanaged<uint, int> initialize = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit");
        delegate* unmanaged<int*, int> countDevices = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDeviceGetCount");
        int count = 0;
        int result = initialize(0);
        result = result == 0 ? countDevices(&count) : result;
        return result != 0
            ? [string.Create(CultureInfo.InvariantCulture, $"none: the NVIDIA driver answers with error {result}")]
            : count == 0 ? ["none: the NVIDIA driver sees no device"] : [.. Enumerable.Range(0, count).Select(i => Describe(library, i))];
    }

    private static string Describe(nint library, int ordinal)
    {
        delegate* unmanaged<int*, int, int> getDevice = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(library, "cuDeviceGet");
        delegate* unmanaged<byte*, int, int, int> getName = (delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetName");
        delegate* unmanaged<nuint*, int, int> getMemory = (delegate* unmanaged<nuint*, int, int>)NativeLibrary.GetExport(library, "cuDeviceTotalMem_v2");
        const int longest = 256;
        byte* name = stackalloc byte[longest];
        int device;
        nuint bytes;
        return getDevice(&device, ordinal) == 0 && getName(name, longest, device) == 0 && getMemory(&bytes, device) == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{ordinal}: {Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))}, {bytes / (double)(1 << 30):0.0} GiB")
            : string.Create(CultureInfo.InvariantCulture, $"{ordinal}: the driver tells nothing of it");
    }
}
