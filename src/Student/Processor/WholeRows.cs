using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>Causal attention within whole rows, with positions from 0; a key head of a row at a time.</summary>
/// <param name="shape">The heads.</param>
/// <param name="rotary">At least T positions.</param>
/// <param name="batch">B.</param>
/// <param name="length">T.</param>
internal sealed unsafe class WholeRows(AttentionShape shape, RotaryTable rotary, int batch, int length) : IAttention
{
    /// <inheritdoc />
    public void Forward(Tensor qkv, Tensor mixed, Tensor sums)
    {
        float* inputs = Floats(qkv), values = Floats(mixed), logs = Floats(sums);
        AttentionHead head = Head();
        Threads.Each(batch * shape.Keys, head.ForwardScratch, (i, scratch) =>
        {
            (nint row, int key) = Math.DivRem(i, shape.Keys);
            head.Forward(inputs + (row * length * shape.Row), key, values + (row * length * shape.Mixed), logs + (row * length * shape.Queries), scratch);
        });
    }

    /// <summary>The gradient of q, k and v, in their place.</summary>
    /// <param name="qkv">[N, (H + 2 K) D].</param>
    /// <param name="mixed">What <see cref="Forward"/> wrote.</param>
    /// <param name="sums">What <see cref="Forward"/> wrote.</param>
    /// <param name="dMixed">[N, H D].</param>
    public void Backward(Tensor qkv, Tensor mixed, Tensor sums, Tensor dMixed)
    {
        float* inputs = Floats(qkv), values = Floats(mixed), logs = Floats(sums), dValues = Floats(dMixed);
        AttentionHead head = Head();
        Threads.Each(batch * shape.Keys, head.BackwardScratch, (i, scratch) =>
        {
            (nint row, int key) = Math.DivRem(i, shape.Keys);
            nint output = row * length * shape.Mixed;
            head.Backward(inputs + (row * length * shape.Row), key, values + output, logs + (row * length * shape.Queries), dValues + output, scratch);
        });
    }

    private AttentionHead Head()
    {
        Limits.Length(length, rotary.Length);
        Limits.Require(rotary.Cos.shape[1] == shape.Width, nameof(rotary));
        return new AttentionHead(shape, length, Floats(rotary.Cos), Floats(rotary.SignedSin));
    }
}
