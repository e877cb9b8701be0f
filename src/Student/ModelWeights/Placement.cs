using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.ModelWeights;

/// <summary>Where a model's tensors are and of which type; whatever meets them is made there and so.</summary>
/// <param name="Device">The processor, or a GPU.</param>
/// <param name="Type">float32 or bfloat16.</param>
public sealed record Placement(Device Device, ScalarType Type)
{
    /// <summary>Float32 on the processor: what the small students are made of.</summary>
    public static Placement Processor { get; } = new(CPU, ScalarType.Float32);

    /// <summary>The placement of a stage.</summary>
    /// <param name="device">As of <see cref="StageContext.Device"/>.</param>
    /// <param name="precision"><c>float32</c> or <c>bf16</c>; null for float32.</param>
    public static Placement Of(string device, string? precision) =>
        new(new Device(device), precision is null or "float32" ? ScalarType.Float32 : ScalarType.BFloat16);

    /// <summary>Zeros, outside of the current scope.</summary>
    internal Tensor Zeros(params long[] shape) => zeros(shape, dtype: Type, device: Device).DetachFromDisposeScope();

    /// <summary>
    /// Any values, outside of the current scope. On the processor, a large tensor asks for large pages: its first filling takes a fraction of the time.
    /// </summary>
    internal Tensor Unset(long count)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = empty(count, dtype: Type, device: Device);
        if (flat.device_type == DeviceType.CPU)
        {
            UseLargePages(flat);
        }

        return flat.DetachFromDisposeScope();
    }

    /// <summary>Ids or positions, int64.</summary>
    internal Tensor Integers(long[] values, params long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        return tensor(values, shape).to(Device).MoveToOuterDisposeScope();
    }

    /// <summary>Float32 values as the model has them.</summary>
    internal Tensor Values(float[] values, params long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        return tensor(values, shape).to(Type).to(Device).MoveToOuterDisposeScope();
    }

    // Of memory that nobody has written to yet.
    private static unsafe void UseLargePages(Tensor flat)
    {
        using Tensor first = flat.narrow(0, 0, Math.Min(1, flat.numel()));
        fixed (byte* start = first.bytes)
        {
            MemoryAdvice.LargePages((nuint)start, (nuint)(flat.numel() * flat.element_size()));
        }
    }
}
