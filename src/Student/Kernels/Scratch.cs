using System.Buffers;
using System.Runtime.InteropServices;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Memory of one thread for the time of a kernel, handed out in parts; what it holds at first means nothing.</summary>
internal sealed unsafe class Scratch(int floats) : IDisposable
{
    private readonly float[] _array = ArrayPool<float>.Shared.Rent(floats);
    private GCHandle _pin;
    private int _used;

    /// <summary>Begins anew: parts that were handed out are free again.</summary>
    public void Reset()
    {
        if (!_pin.IsAllocated)
        {
            _pin = GCHandle.Alloc(_array, GCHandleType.Pinned);
        }

        _used = 0;
    }

    /// <summary>The next part.</summary>
    public float* Take(int count)
    {
        float* part = (float*)_pin.AddrOfPinnedObject() + _used;
        _used += count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_used, floats);
        return part;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_pin.IsAllocated)
        {
            _pin.Free();
        }

        ArrayPool<float>.Shared.Return(_array);
    }
}
