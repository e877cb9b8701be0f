namespace NaturalThoughts.Student.ModelWeights;

/// <summary>The adapters of one layer, for the model's products, of which some are of several modules at once.</summary>
/// <param name="pairs">By module; null at modules without an adapter.</param>
/// <param name="widths">Width of each module's output.</param>
internal sealed class LoraLayer(IReadOnlyDictionary<string, LoraPair?> pairs, IReadOnlyDictionary<string, long> widths)
{
    public static readonly string[] Qkv = ["q_proj", "k_proj", "v_proj"];
    public static readonly string[] O = ["o_proj"];
    public static readonly string[] GateUp = ["gate_proj", "up_proj"];
    public static readonly string[] Down = ["down_proj"];

    /// <summary>Whether at least one of the modules has an adapter.</summary>
    public bool Adapts(string[] modules) => modules.Any(module => pairs[module] is not null);

    /// <summary>Width of the modules' common output.</summary>
    public long WidthOf(string[] modules) => modules.Sum(module => widths[module]);

    /// <summary>The adapters of modules.</summary>
    /// <param name="modules">In the order of the output.</param>
    public IEnumerable<AdapterPlace> Places(string[] modules)
    {
        (int row, int rank) = (0, 0);
        foreach (string module in modules)
        {
            if (pairs[module] is { } pair)
            {
                yield return new AdapterPlace(pair, row, rank);
                rank += pair.Rank;
            }

            row += (int)widths[module];
        }
    }
}
