using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>Low-rank adapters beside torch's products, forward and backward; products are of the model's type, as autocast has them.</summary>
internal static class TorchAdapters
{
    /// <summary>Adds the adapters of modules to their common output, in place.</summary>
    /// <param name="lora">The adapters of a layer.</param>
    /// <param name="y">[..., N], N the widths of the modules in sum.</param>
    /// <param name="x">[..., K]: what the modules get.</param>
    /// <param name="modules">In the order of the output.</param>
    public static void Add(LoraLayer lora, Tensor y, Tensor x, string[] modules)
    {
        (Tensor a, Tensor b) = (AllA(lora, modules, x.dtype), AllB(lora, modules, x.dtype));
        y.view(-1, b.shape[0]).addmm_(x.reshape(-1, a.shape[1]).mm(a.t()), b.t(), 1, Scale(lora, modules));
    }

    /// <summary>Adds what comes through the adapters to the gradient of what the modules get.</summary>
    /// <param name="lora">The adapters of a layer.</param>
    /// <param name="dx">[M, K].</param>
    /// <param name="dy">[M, N]: the gradient of the modules' common output.</param>
    /// <param name="modules">In the order of the output.</param>
    /// <returns>The gradient between the matrices A and B, for <see cref="AddGradients"/>.</returns>
    public static Tensor AddInputGradient(LoraLayer lora, Tensor dx, Tensor dy, string[] modules)
    {
        Tensor between = dy.mm(AllB(lora, modules, dy.dtype));
        dx.addmm_(between, AllA(lora, modules, dy.dtype), 1, Scale(lora, modules));
        return between;
    }

    /// <summary>Adds the gradients of the adapters to those that they have.</summary>
    /// <param name="lora">The adapters of a layer.</param>
    /// <param name="x">[M, K]: what the modules got.</param>
    /// <param name="dy">[M, N]: the gradient of the modules' common output.</param>
    /// <param name="between">From <see cref="AddInputGradient"/>.</param>
    /// <param name="modules">In the order of the output.</param>
    public static void AddGradients(LoraLayer lora, Tensor x, Tensor dy, Tensor between, string[] modules)
    {
        float scale = Scale(lora, modules);
        Tensor da = between.t().mm(x); // [R of all, K]
        Tensor db = dy.t().mm(x.mm(AllA(lora, modules, x.dtype).t())); // [N, R of all]: on its diagonal are the gradients, the rest is nobody's
        foreach ((LoraPair pair, int row, int rank) in lora.Places(modules))
        {
            pair.A.grad!.AddInPlace(da.narrow(0, rank, pair.Rank), scale);
            pair.B.grad!.AddInPlace(db.narrow(0, row, pair.Outputs).narrow(1, rank, pair.Rank), scale);
        }
    }

    private static float Scale(LoraLayer lora, string[] modules) => (float)lora.Places(modules).First().Pair.Scale; // the same for all

    // The matrices A on top of each other, [R of all, K].
    private static Tensor AllA(LoraLayer lora, string[] modules, ScalarType type) => cat([.. lora.Places(modules).Select(place => place.Pair.A.to(type))], 0);

    // The matrices B on a diagonal, [N, R of all].
    private static Tensor AllB(LoraLayer lora, string[] modules, ScalarType type)
    {
        AdapterPlace[] places = [.. lora.Places(modules)];
        Tensor b = zeros(lora.WidthOf(modules), places.Sum(place => place.Pair.Rank), dtype: type, device: places[0].Pair.B.device);
        foreach ((LoraPair pair, int row, int rank) in places)
        {
            b.narrow(0, row, pair.Outputs).narrow(1, rank, pair.Rank).copy_(pair.B);
        }

        return b;
    }
}
