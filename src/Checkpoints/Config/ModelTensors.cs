namespace NaturalThoughts.Checkpoints.Config;

/// <summary>The tensors that a checkpoint of a config holds: names and shapes, as Transformers has them.</summary>
public static class ModelTensors
{
    /// <summary>The embedding, [V, C].</summary>
    public const string Embedding = "model.embed_tokens.weight";

    /// <summary>The output layer, [V, C]; absent where it is the embedding.</summary>
    public const string Head = "lm_head.weight";

    // Checkpoints of Transformers before 4.32 hold the rotary frequencies of each layer, which config.json decides.
    private const string Frequencies = ".rotary_emb.inv_freq";

    /// <summary>True for a tensor of old checkpoints that is no weight, and is ignored.</summary>
    public static bool IsNoWeight(string name) => name.EndsWith(Frequencies, StringComparison.Ordinal);

    /// <summary>Every weight, the embedding first, then layer by layer. Made one by one, whatever number of layers a config asks for.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Of(ModelConfig config)
    {
        yield return (Embedding, [config.VocabSize, config.HiddenSize]);
        for (int i = 0; i < config.NumHiddenLayers; i++)
        {
            foreach ((string name, long[] shape) in Layer(config))
            {
                yield return (FormattableString.Invariant($"model.layers.{i}.{name}"), shape);
            }
        }

        yield return ("model.norm.weight", [config.HiddenSize]);
        if (!config.TieWordEmbeddings)
        {
            yield return (Head, [config.VocabSize, config.HiddenSize]);
        }
    }

    private static IEnumerable<(string Name, long[] Shape)> Layer(ModelConfig config)
    {
        long width = config.HiddenSize;
        long queries = (long)config.NumAttentionHeads * config.HeadDim;
        long keys = (long)config.NumKeyValueHeads * config.HeadDim;
        long inner = config.IntermediateSize;
        (string Name, long Out, long In, bool Bias)[] products =
        [
            ("self_attn.q_proj", queries, width, config.QkvBias),
            ("self_attn.k_proj", keys, width, config.QkvBias),
            ("self_attn.v_proj", keys, width, config.QkvBias),
            ("self_attn.o_proj", width, queries, config.AttentionBias),
            ("mlp.gate_proj", inner, width, config.MlpBias),
            ("mlp.up_proj", inner, width, config.MlpBias),
            ("mlp.down_proj", width, inner, config.MlpBias),
        ];
        yield return ("input_layernorm.weight", [width]);
        yield return ("post_attention_layernorm.weight", [width]);
        foreach ((string name, long rows, long columns, bool bias) in products)
        {
            yield return (name + ".weight", [rows, columns]);
            if (bias)
            {
                yield return (name + ".bias", [rows]);
            }
        }
    }
}
