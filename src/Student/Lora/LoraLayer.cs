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

    /// <summary>Adds the adapters of modules to their common output.</summary>
    /// <param name="y">[..., N], N the widths of the modules in sum.</param>
    /// <param name="x">[..., K]: what the modules get.</param>
    /// <param name="modules">In the order of the output.</param>
    public Tensor Add(Tensor y, Tensor x, string[] modules)
    {
        if (modules.All(module => pairs[module] is null))
        {
            return y;
        }

        Tensor[] parts = [.. modules.Select(module => pairs[module]?.Apply(x) ?? zeros([.. x.shape[..^1], widths[module]], dtype: ScalarType.Float32, device: x.device))];
        return y + (parts.Length == 1 ? parts[0] : cat(parts, -1)).to(y.dtype);
    }
}
