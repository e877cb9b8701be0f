using System.Buffers;
using System.Runtime.InteropServices;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Memory of one thread for the time of a kernel, handed out in parts that begin at cache lines; what it holds at first means nothing.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    /// <summary>Floats of a cache line.</summary>
    public const int Line = 16;

    private const int MostParts = 16; // that a kernel takes
    private readonly float[] _array;
    private readonly GCHandle _pin;
    private readonly float* _first;
    private readonly int _room;
    private int _used;

    /// <param name="floats">What all parts have together.</param>
    public Scratch(int floats)
    {
        _room = floats + (MostParts * Line);
        _array = ArrayPool<float>.Shared.Rent(_room + Line);
        _pin = GCHandle.Alloc(_array, GCHandleType.Pinned);
        nint address = _pin.AddrOfPinnedObject();
        _first = (float*)((address + (Line * sizeof(float)) - 1) / (Line * sizeof(float)) * (Line * sizeof(float)));
    }

    /// <summary>Begins anew: parts that were handed out are free again.</summary>
    public void Reset() => _used = 0;

    /// <summary>Takes the next <paramref name="count"/> floats, which begin at a cache line.</summary>
    public float* Take(int count)
    {
        float* part = _first + _used;
        _used += (count + Line - 1) / Line * Line;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_used, _room);
        return part;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _pin.Free();
        ArrayPool<float>.Shared.Return(_array);
    }
}
