using System.Runtime.InteropServices;

namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its key, such as <c>model.norm.weight</c>.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The dimensions, outermost first; none for a scalar.</param>
/// <param name="WriteTo">Writes all bytes, little-endian and row-major; called when the tensor's turn comes, once.</param>
public sealed record TensorData(string Name, TensorType Type, IReadOnlyList<long> Shape, Action<Stream> WriteTo)
{
    /// <summary>Size in bytes, from shape and type.</summary>
    public long ByteCount => Shape.Aggregate((long)Type.Size(), (product, dimension) => checked(product * dimension));

    /// <summary>A float32 tensor out of an array.</summary>
    public static TensorData Float32(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values) =>
        new(name, TensorType.F32, shape, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));
}
