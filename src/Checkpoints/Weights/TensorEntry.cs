namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The dimensions, outermost first; none for a scalar.</param>
/// <param name="Begin">Offset of the first byte in the data section, which begins after the header.</param>
/// <param name="End">Offset behind the last byte.</param>
public sealed record TensorEntry(TensorType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Size of the tensor's data in bytes.</summary>
    public long ByteCount => End - Begin;

    /// <summary>Number of elements.</summary>
    public long Count => ByteCount / Type.Size();
}
