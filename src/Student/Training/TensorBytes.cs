using NaturalThoughts.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>A flat tensor to and from safetensors in pieces, so that no second copy of it is alive.</summary>
internal static class TensorBytes
{
    private const long Piece = 1 << 22;

    /// <summary>The tensor as an entry of a file; its values are read when they are written.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="flat">[N] float32 or bfloat16, on any device.</param>
    public static TensorData Data(string name, Tensor flat) => new(name, TypeOf(flat), flat.shape, stream =>
    {
        foreach ((long at, long count) in Pieces(flat))
        {
            using DisposeScope scope = NewDisposeScope();
            stream.Write(flat.narrow(0, at, count).cpu().bytes);
        }
    });

    /// <summary>Fills the tensor.</summary>
    public static void Read(SafetensorsFile file, string name, Tensor flat)
    {
        using IDisposable grad = no_grad();
        foreach ((long at, long count) in Pieces(flat))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor piece = empty(count, dtype: flat.dtype);
            file.ReadBytes(name, at * flat.element_size(), piece.bytes);
            flat.narrow(0, at, count).copy_(piece);
        }
    }

    /// <summary>True when the file holds the tensor in this size and type.</summary>
    public static bool Fits(SafetensorsFile file, string name, Tensor flat) =>
        file.Tensors.TryGetValue(name, out TensorEntry? entry) && entry.Type == TypeOf(flat) && entry.Shape.SequenceEqual(flat.shape);

    private static IEnumerable<(long At, long Count)> Pieces(Tensor flat)
    {
        long all = flat.numel();
        for (long at = 0; at < all; at += Piece)
        {
            yield return (at, Math.Min(Piece, all - at));
        }
    }

    private static TensorType TypeOf(Tensor tensor) => tensor.dtype == ScalarType.BFloat16 ? TensorType.BF16 : TensorType.F32;
}
