using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>Attention of new positions to cached ones and to themselves; new keys and values are written into the cache.</summary>
/// <param name="shape">The heads.</param>
/// <param name="rotary">Positions count from 0 in each row, behind its pads.</param>
/// <param name="cache">Has room.</param>
/// <param name="layer">Index of the layer.</param>
/// <param name="length">New positions T of each row.</param>
internal sealed unsafe class CachedRows(AttentionShape shape, RotaryTable rotary, KeyValueCache cache, int layer, int length) : IAttention
{
    private const int LeastHeads = 8;

    /// <inheritdoc />
    public void Forward(Tensor qkv, Tensor mixed, Tensor sums)
    {
        int batch = cache.Padding.Length;
        Limits.Require(qkv.numel() == (long)batch * length * shape.Row, nameof(qkv));
        Limits.Length((long)cache.Length + length, rotary.Length);
        (Tensor allKeys, Tensor allValues) = cache.Layer(layer);
        float* x = Floats(qkv), y = Floats(mixed), keys = Floats(allKeys), values = Floats(allValues);
        CachedHead head = new(shape, cache.Length, length, Floats(rotary.Cos), Floats(rotary.SignedSin));
        int size = cache.Capacity * shape.Width;
        Threads.Share(batch * shape.Keys, LeastHeads, (from, to) =>
        {
            using Scratch scratch = new(head.ForwardScratch);
            for (int i = from; i < to; i++)
            {
                (nint row, int key) = Math.DivRem(i, shape.Keys);
                scratch.Reset();
                head.Forward(
                    x + (row * length * shape.Row), key, cache.Padding[row], keys + ((nint)i * size), values + ((nint)i * size),
                    y + (row * length * shape.Mixed), scratch);
            }
        });
    }
}
