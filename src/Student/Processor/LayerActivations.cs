using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>What the backward pass of a layer starts from, for N rows. C, D, H, K, I as in <see cref="Model.LlamaModel"/>.</summary>
/// <param name="Input">[B, T, C]: what the layer got.</param>
/// <param name="Scales1">[N]: what the first norm multiplied a row by.</param>
/// <param name="Qkv">[N, (H + 2 K) D].</param>
/// <param name="Mixed">[N, H D]: what attention gave.</param>
/// <param name="Sums">Of each query, N H in all: the logarithm of the sum of e^score.</param>
/// <param name="Middle">[N, C]: the stream between attention and feed-forward part.</param>
/// <param name="Scales2">[N]: what the second norm multiplied a row by.</param>
/// <param name="GateUp">[N, 2 I].</param>
internal sealed record LayerActivations(
    Tensor Input, Tensor Scales1, Tensor Qkv, Tensor Mixed, Tensor Sums, Tensor Middle, Tensor Scales2, Tensor GateUp) : IDisposable
{
    private Tensor[] All => [Input, Scales1, Qkv, Mixed, Sums, Middle, Scales2, GateUp];

    /// <summary>Takes all out of the current scope.</summary>
    public void Detach() => Array.ForEach(All, tensor => tensor.DetachFromDisposeScope());

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(All, tensor => tensor.Dispose());
}
