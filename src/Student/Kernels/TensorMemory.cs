using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Where the elements of a tensor lie: on the processor libtorch holds memory, and kernels compute on it.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The first element of a contiguous tensor of float32 on the processor.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static float* Floats(Tensor tensor) => (float*)First(tensor, ScalarType.Float32);

    /// <summary>The first element; null of no tensor.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static float* FloatsOrNull(Tensor? tensor) => tensor is null ? null : Floats(tensor);

    /// <summary>The first element of a contiguous tensor of int64 on the processor.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static long* Ids(Tensor tensor) => (long*)First(tensor, ScalarType.Int64);

    // TorchSharp's span says no to what is not contiguous or elsewhere.
    private static void* First(Tensor tensor, ScalarType type)
    {
        Limits.Require(tensor.dtype == type, nameof(tensor));
        return Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
    }
}
