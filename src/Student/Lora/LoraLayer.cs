using NaturalThoughts.Student.Kernels;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Lora;

/// <summary>The adapters of one layer, for the model's products, of which some are of several modules at once.</summary>
/// <param name="pairs">By module; null at modules without an adapter.</param>
/// <param name="widths">Width of each module's output.</param>
internal sealed class LoraLayer(IReadOnlyDictionary<string, LoraPair?> pairs, IReadOnlyDictionary<string, long> widths)
{
    public static readonly string[] Qkv = ["q_proj", "k_proj", "v_proj"];
    public static readonly string[] O = ["o_proj"];
    public static readonly string[] GateUp = ["gate_proj", "up_proj"];
    public static readonly string[] Down = ["down_proj"];

    /// <summary>Adds the adapters of modules to their common output; in place where torch's products compute, whose gradients are written out below.</summary>
    /// <param name="y">[..., N], N the widths of the modules in sum.</param>
    /// <param name="x">[..., K]: what the modules get.</param>
    /// <param name="modules">In the order of the output.</param>
    public Tensor Add(Tensor y, Tensor x, string[] modules)
    {
        if (modules.All(module => pairs[module] is null))
        {
            return y;
        }

        if (Fused.OfTorch(x))
        {
            Each(y, modules, (pair, part) => pair.AddTo(part, x));
            return y;
        }

        Tensor[] parts = [.. modules.Select(module => pairs[module]?.Apply(x) ?? zeros([.. x.shape[..^1], widths[module]]))];
        return y + (parts.Length == 1 ? parts[0] : cat(parts, -1));
    }

    /// <summary>Adds what comes through the adapters to the gradient of what the modules get.</summary>
    /// <param name="dx">[N, K].</param>
    /// <param name="dy">[N, M]: the gradient of the modules' common output.</param>
    /// <param name="modules">In the order of the output.</param>
    public void AddInputGradient(Tensor dx, Tensor dy, string[] modules) => Each(dy, modules, (pair, part) => pair.AddInputGradient(dx, part));

    /// <summary>Adds the gradients of the adapters to those that they have.</summary>
    /// <param name="x">[N, K]: what the modules got.</param>
    /// <param name="dy">[N, M]: the gradient of the modules' common output.</param>
    /// <param name="modules">In the order of the output.</param>
    public void AddGradients(Tensor x, Tensor dy, string[] modules) => Each(dy, modules, (pair, part) => pair.AddGradients(x, part));

    private void Each(Tensor y, string[] modules, Action<LoraPair, Tensor> act)
    {
        long at = 0;
        foreach (string module in modules)
        {
            if (pairs[module] is { } pair)
            {
                act(pair, y.narrow(-1, at, widths[module]));
            }

            at += widths[module];
        }
    }
}
