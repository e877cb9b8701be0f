namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>Tensors by name, of one file or of several. Safe for concurrent use.</summary>
public interface ITensorSource
{
    /// <summary>Elements <paramref name="start"/> and following as another type, as many as the destination holds.</summary>
    void Read(string name, long start, TensorType type, Span<byte> destination);

    /// <summary>
    /// Says that elements <paramref name="start"/> and following will be read soon, so that they may be fetched meanwhile; does not wait for them.
    /// </summary>
    void Expect(string name, long start, long count);
}
