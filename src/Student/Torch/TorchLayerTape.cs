using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>
/// A layer by torch's operations, its backward pass written out: what autograd would keep and is cheap to compute again (the normalised
/// states, the gate) is computed again, and gradients of matrices are added by their products to those that are there. Autograd
/// differentiates the norms and the attention alone.
/// </summary>
internal sealed class TorchLayerTape : LayerTape
{
    private readonly LayerWeights _layer;
    private readonly AttentionShape _shape;
    private readonly RotaryTable _rotary;
    private readonly double _epsilon;
    private readonly long _batch;
    private readonly Tensor _x; // [N, C], N = B T
    private readonly Tensor _q; // [B, H, T, D], rotated
    private readonly Tensor _k; // [B, K, T, D], rotated
    private readonly Tensor _v; // [B, K, T, D]
    private readonly Tensor _mixed; // [B, H, T, D]
    private readonly Tensor _middle; // [N, C]: between attention and feed-forward part
    private readonly Tensor _both; // [N, 2 I]

    /// <param name="layer">The parameters.</param>
    /// <param name="x">[B, T, C].</param>
    /// <param name="shape">The heads.</param>
    /// <param name="rotary">At least T positions.</param>
    /// <param name="epsilon">Of the norms.</param>
    public TorchLayerTape(LayerWeights layer, Tensor x, AttentionShape shape, RotaryTable rotary, double epsilon)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (_layer, _shape, _rotary, _epsilon, _batch) = (layer, shape, rotary, epsilon, x.shape[0]);
        _x = Flat(x);
        Tensor qkv = TorchLayers.Linear(layer, TorchLayers.RmsNorm(_x, layer.Norm1, epsilon), layer.Qkv, layer.QkvBias, LoraLayer.Qkv); // [N, (H + 2 K) D]
        (Tensor q, Tensor k, Tensor v) = CausalAttention.Heads(qkv.view(_batch, -1, qkv.shape[^1]), shape, rotary);
        (_q, _k, _v) = (Leaf(q), Leaf(k), Leaf(v));
        using (enable_grad())
        {
            _mixed = CausalAttention.Mix(_q, _k, _v, shape);
        }

        _middle = TorchLayers.Linear(layer, Flat(_mixed.transpose(1, 2)), layer.O, layer.OBias, LoraLayer.O, _x);
        _both = TorchLayers.Linear(layer, TorchLayers.RmsNorm(_middle, layer.Norm2, epsilon), layer.GateUp, layer.GateUpBias, LoraLayer.GateUp);
        Output = TorchLayers.Linear(layer, TorchLayers.SwiGlu(_both), layer.Down, layer.DownBias, LoraLayer.Down, _middle)
            .view(x.shape).MoveToOuterDisposeScope();

        // At last, so that nothing stays where an operation failed.
        foreach (Tensor tensor in Kept)
        {
            tensor.DetachFromDisposeScope();
        }
    }

    /// <inheritdoc />
    public override Tensor Output { get; }

    /// <summary>Bytes that one token's tape holds, its input and output left out.</summary>
    /// <param name="shape">The heads.</param>
    /// <param name="width">C.</param>
    /// <param name="inner">I.</param>
    /// <param name="size">Bytes of an element.</param>
    public static long BytesOf(AttentionShape shape, long width, long inner, long size) =>
        // and attention's logarithms of sums, float32
        (((2L * shape.Mixed) + (2L * shape.Keys * shape.Width) + width + (2 * inner)) * size) + (4L * shape.Queries);

    /// <inheritdoc />
    public override Tensor Backward(Tensor gradient)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor dy = Flat(gradient); // [N, C]
        Tensor dMiddle = dy.Plus(FeedForward(dy));
        Tensor dx = dMiddle.Plus(Attention(dMiddle));
        return dx.view(gradient.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        foreach (Tensor tensor in Kept)
        {
            tensor.Dispose();
        }
    }

    // [N, C] to [N, C]: the output of the feed-forward part.
    private Tensor FeedForward(Tensor dy)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor dGated, Tensor? between) = TorchLayers.InputGradient(_layer, dy, _layer.Down, LoraLayer.Down); // [N, I]
        (Tensor gated, Tensor dBoth) = TorchLayers.SwiGluBackward(_both, dGated); // [N, I], [N, 2 I]
        TorchLayers.AddGradients(_layer, gated, dy, _layer.Down, _layer.DownBias, LoraLayer.Down, between);
        return Norm(_middle, _layer.Norm2, dBoth, _layer.GateUp, _layer.GateUpBias, LoraLayer.GateUp).MoveToOuterDisposeScope();
    }

    // [N, C] to [N, C]: the output of attention.
    private Tensor Attention(Tensor dy)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor dMixed, Tensor? between) = TorchLayers.InputGradient(_layer, dy, _layer.O, LoraLayer.O); // [N, H D]
        TorchLayers.AddGradients(_layer, Flat(_mixed.detach().transpose(1, 2)), dy, _layer.O, _layer.OBias, LoraLayer.O, between);
        _mixed.backward([dMixed.view(_batch, -1, _shape.Queries, _shape.Width).transpose(1, 2)]);
        Tensor dQkv = CausalAttention.HeadsBackward(_q.grad!, _k.grad!, _v.grad!, _rotary); // [N, (H + 2 K) D]
        return Norm(_x, _layer.Norm1, dQkv, _layer.Qkv, _layer.QkvBias, LoraLayer.Qkv).MoveToOuterDisposeScope();
    }

    // A norm and the product behind it, from the gradient of the product [N, M] to that of x [N, C].
    private Tensor Norm(Tensor x, Tensor norm, Tensor dy, Tensor weight, Tensor? bias, string[] modules)
    {
        Tensor leaf = Leaf(x);
        Tensor normal;
        using (enable_grad())
        {
            normal = TorchLayers.RmsNorm(leaf, norm, _epsilon);
        }

        (Tensor dNormal, Tensor? between) = TorchLayers.InputGradient(_layer, dy, weight, modules);
        TorchLayers.AddGradients(_layer, normal.detach(), dy, weight, bias, modules, between);
        normal.backward([dNormal]);
        return leaf.grad!;
    }

    private static Tensor Leaf(Tensor x) => x.detach().requires_grad_(true);

    private Tensor[] Kept => [_x, _q, _k, _v, _mixed, _middle, _both];

    // [B, T, ...] to [B T, the rest].
    private static Tensor Flat(Tensor x) => x.reshape(x.shape[0] * x.shape[1], -1);
}
