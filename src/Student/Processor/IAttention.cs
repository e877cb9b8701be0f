using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>What the rows of a layer attend to.</summary>
internal interface IAttention
{
    /// <summary>Writes for each row and query head the values that it attends to, averaged by the attention weights.</summary>
    /// <param name="qkv">[N, (H + 2 K) D].</param>
    /// <param name="mixed">[N, H D]: is written.</param>
    /// <param name="sums">N H floats: written where a gradient can follow.</param>
    void Forward(Tensor qkv, Tensor mixed, Tensor sums);
}
