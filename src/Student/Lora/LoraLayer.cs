using NaturalThoughts.Student.Kernels;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Lora;

/// <summary>
/// The adapters of one layer, for the model's products, of which some are of several modules at once. In float32 on the processor autograd
/// differentiates them; where torch's products compute, their gradients are written out, and products are of the model's type, as autocast has
/// them.
/// </summary>
/// <param name="pairs">By module; null at modules without an adapter.</param>
/// <param name="widths">Width of each module's output.</param>
internal sealed class LoraLayer(IReadOnlyDictionary<string, LoraPair?> pairs, IReadOnlyDictionary<string, long> widths)
{
    public static readonly string[] Qkv = ["q_proj", "k_proj", "v_proj"];
    public static readonly string[] O = ["o_proj"];
    public static readonly string[] GateUp = ["gate_proj", "up_proj"];
    public static readonly string[] Down = ["down_proj"];

    /// <summary>Adds the adapters of modules to their common output; where torch's products compute, in place.</summary>
    /// <param name="y">[..., N], N the widths of the modules in sum.</param>
    /// <param name="x">[..., K]: what the modules get.</param>
    /// <param name="modules">In the order of the output.</param>
    public Tensor Add(Tensor y, Tensor x, string[] modules)
    {
        if (!Adapts(modules))
        {
            return y;
        }

        if (!Fused.OfTorch(x))
        {
            Tensor[] parts = [.. modules.Select(module => pairs[module]?.Apply(x) ?? zeros([.. x.shape[..^1], widths[module]]))];
            return y.Plus(parts.Length == 1 ? parts[0] : cat(parts, -1));
        }

        (Tensor a, Tensor b) = (AllA(modules, x.dtype), AllB(modules, x.dtype));
        y.view(-1, b.shape[0]).addmm_(x.reshape(-1, a.shape[1]).mm(a.t()), b.t(), 1, Scale(modules));
        return y;
    }

    /// <summary>Adds what comes through the adapters to the gradient of what the modules get.</summary>
    /// <param name="dx">[M, K].</param>
    /// <param name="dy">[M, N]: the gradient of the modules' common output.</param>
    /// <param name="modules">In the order of the output.</param>
    /// <returns>The gradient between the matrices A and B, for <see cref="AddGradients"/>; null where no module has an adapter.</returns>
    public Tensor? AddInputGradient(Tensor dx, Tensor dy, string[] modules)
    {
        if (!Adapts(modules))
        {
            return null;
        }

        Tensor between = dy.mm(AllB(modules, dy.dtype));
        dx.addmm_(between, AllA(modules, dy.dtype), 1, Scale(modules));
        return between;
    }

    /// <summary>Adds the gradients of the adapters to those that they have.</summary>
    /// <param name="x">[M, K]: what the modules got.</param>
    /// <param name="dy">[M, N]: the gradient of the modules' common output.</param>
    /// <param name="between">From <see cref="AddInputGradient"/>.</param>
    /// <param name="modules">In the order of the output.</param>
    public void AddGradients(Tensor x, Tensor dy, Tensor between, string[] modules)
    {
        float scale = Scale(modules);
        Tensor da = between.t().mm(x); // [R of all, K]
        Tensor db = dy.t().mm(x.mm(AllA(modules, x.dtype).t())); // [N, R of all]: on its diagonal are the gradients, the rest is nobody's
        foreach ((LoraPair pair, long row, long rank) in Places(modules))
        {
            pair.A.grad!.AddInPlace(da.narrow(0, rank, pair.A.shape[0]), scale);
            pair.B.grad!.AddInPlace(db.narrow(0, row, pair.B.shape[0]).narrow(1, rank, pair.A.shape[0]), scale);
        }
    }

    private bool Adapts(string[] modules) => modules.Any(module => pairs[module] is not null);

    private float Scale(string[] modules) => (float)Places(modules).First().Pair.Scale; // the same for all

    // The matrices A on top of each other, [R of all, K].
    private Tensor AllA(string[] modules, ScalarType type) => cat([.. Places(modules).Select(place => place.Pair.A.to(type))], 0);

    // The matrices B on a diagonal, [N, R of all].
    private Tensor AllB(string[] modules, ScalarType type)
    {
        (LoraPair Pair, long Row, long Rank)[] places = [.. Places(modules)];
        (LoraPair last, _, long ranks) = places[^1];
        Tensor b = zeros(modules.Sum(module => widths[module]), ranks + last.B.shape[1], dtype: type, device: last.B.device);
        foreach ((LoraPair pair, long row, long rank) in places)
        {
            b.narrow(0, row, pair.B.shape[0]).narrow(1, rank, pair.B.shape[1]).copy_(pair.B);
        }

        return b;
    }

    // The adapters, with the first row of the output and the first of all ranks that are theirs.
    private IEnumerable<(LoraPair Pair, long Row, long Rank)> Places(string[] modules)
    {
        (long row, long rank) = (0, 0);
        foreach (string module in modules)
        {
            if (pairs[module] is { } pair)
            {
                yield return (pair, row, rank);
                rank += pair.A.shape[0];
            }

            row += widths[module];
        }
    }
}
