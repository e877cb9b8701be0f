using NaturalThoughts.Checkpoints;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using TorchSharp;

namespace NaturalThoughts.Student.Training;

/// <summary>
/// What a training will hold in memory at most, in bytes, by part: counted from the tensors that this library makes. The buffers are exact;
/// activations, logits and products are what autograd keeps for the operations of <see cref="LlamaModel"/>. Left out is what the device
/// itself takes (a CUDA context, fragmentation: about 1 GB).
/// </summary>
public sealed record MemoryEstimate
{
    /// <summary>All parameters, and in float32 those of a LoRA adapter.</summary>
    public required long Weights { get; init; }

    /// <summary>Of what is trained, in its type: the adapter where there is one, otherwise all weights.</summary>
    public required long Gradients { get; init; }

    /// <summary>Float32 weights of the optimiser.</summary>
    public required long Master { get; init; }

    /// <summary>First and second moments of AdamW.</summary>
    public required long Moments { get; init; }

    /// <summary>Cosines and sines of all positions.</summary>
    public required long Rotary { get; init; }

    /// <summary>What the backward pass needs of the layers: all of it, or with activation checkpointing the inputs.</summary>
    public required long Activations { get; init; }

    /// <summary>Logits that are alive at once, with their softmax and gradients, and what is alive of the output matrix's gradient.</summary>
    public required long Logits { get; init; }

    /// <summary>Gradients on the way through a layer, and with activation checkpointing what was computed again of it.</summary>
    public required long Backward { get; init; }

    /// <summary>What one piece of an optimiser's step takes.</summary>
    public required long Step { get; init; }

    /// <summary>The most that is alive at once: logits, the layers' backward pass and the step of the optimiser follow each other.</summary>
    public long Peak => Kept + Math.Max(Activations + Math.Max(Logits, Backward), Step);

    private long Kept => Weights + Gradients + Master + Moments + Rotary;

    /// <summary>Predicts.</summary>
    /// <param name="config">The shape of the model.</param>
    /// <param name="options">How it is trained.</param>
    public static MemoryEstimate Of(ModelConfig config, TrainingOptions options)
    {
        long size = Bytes(Precision.Weights(options.Precision));
        long all = LlamaWeights.CountOf(config);
        long adapter = options.Lora is null ? 0 : LoraAdapter.CountOf(config, options.Lora);
        long trained = adapter > 0 ? adapter : all;
        long tokens = Math.Max(options.MaxTokens, options.MicroBatchTokens ?? options.BatchTokens);
        long layer = tokens * LayerBytes(config, size);
        long inputs = config.NumHiddenLayers * tokens * config.HiddenSize * size;
        return new MemoryEstimate
        {
            Weights = (all * size) + (adapter * 4),
            Gradients = trained * (adapter > 0 ? 4 : size) * options.Shards,
            Master = options.Precision == Precision.Bf16Master && adapter == 0 ? trained * 4 : 0,
            Moments = 2 * trained * Bytes(Precision.Moments(options.Moments)),
            Rotary = 2L * config.MaxPositionEmbeddings * config.HeadDim * size,
            Activations = options.ActivationCheckpointing ? inputs : config.NumHiddenLayers * layer,
            Logits = LogitBytes(config, size, tokens, adapter == 0),
            Backward = BackwardBytes(config, size, tokens, adapter == 0) + (options.ActivationCheckpointing ? layer : 0),
            Step = Math.Min(trained, FlatPieces.Length) * StepBytes(options),
        };
    }

    /// <summary>Bytes of a key-value cache.</summary>
    /// <param name="config">The shape of the model.</param>
    /// <param name="rows">Answers at once.</param>
    /// <param name="positions">Tokens of prompt and answer.</param>
    /// <param name="precision">As <see cref="Generation.GenerationOptions.Precision"/>.</param>
    public static long Cache(ModelConfig config, long rows, long positions, string? precision) =>
        2L * config.NumHiddenLayers * rows * positions * config.NumKeyValueHeads * config.HeadDim * (precision == Precision.Bf16 ? 2 : 4);

    private static long Bytes(torch.ScalarType type) => type == torch.ScalarType.BFloat16 ? 2 : 4;

    // What autograd keeps of a layer for each token (saved operands of each operation in LlamaModel.Layer).
    private static long LayerBytes(ModelConfig config, long size)
    {
        long c = config.HiddenSize;
        long q = (long)config.NumAttentionHeads * config.HeadDim;
        long k = (long)config.NumKeyValueHeads * config.HeadDim;
        bool grouped = config.NumAttentionHeads > config.NumKeyValueHeads;

        // Each of two norms: its input (as a float32 copy, if it is not), the scaled input, and the result, which the product after it keeps.
        long norms = 2 * c * (4 + size + size);

        // Rotated q and k; k and v repeated for each query head (v as a part of q, k, v without groups); the mixed values, twice in other orders of axes.
        long attention = (q + k + (grouped ? 2 * q : q + (2 * k)) + (2 * q)) * size + (config.NumAttentionHeads * 4L);

        // Gate and up, silu(gate), and the product that goes down.
        long feed = 4L * config.IntermediateSize * size;

        // The stream between the layers: kept as it is in float32 already.
        return norms + attention + feed + (size == 4 ? 0 : c * size);
    }

    // A position's logits, their float32 copy, log-softmax, and the gradients of the three.
    private static long LogitBytes(ModelConfig config, long size, long tokens, bool trainsHead)
    {
        long rows = Math.Min(tokens, Math.Max(1, LossPass.MostLogits / config.VocabSize));
        long perLogit = size == 4 ? 16 : 4 + 4 + 4 + 4 + size + size;
        bool chunked = tokens > rows;
        long head = trainsHead ? (long)config.VocabSize * config.HiddenSize * (size + (chunked ? 4 : 0)) : 0;

        // Final norm, supervised states, and the gradient of both.
        long states = tokens * config.HiddenSize * (4 + (6 * size));
        return (rows * config.VocabSize * perLogit) + head + states;
    }

    // The widest moment is in the feed-forward part: gradients of the product, of gate and up (each filled up to both), and of the matrix.
    private static long BackwardBytes(ModelConfig config, long size, long tokens, bool trainsMatrices)
    {
        long matrix = trainsMatrices ? 2L * config.IntermediateSize * config.HiddenSize * size : 0;
        return (tokens * size * ((6L * config.IntermediateSize) + (2 * config.HiddenSize))) + matrix;
    }

    // Float32 copies of what is not float32 (gradient, weights, two moments), the root, and eight operands of stochastic rounding.
    private static long StepBytes(TrainingOptions options)
    {
        bool narrow = Precision.Weights(options.Precision) != torch.ScalarType.Float32;
        bool moments = Precision.Moments(options.Moments) != torch.ScalarType.Float32;
        bool rounds = moments || options.Precision == Precision.Bf16Stochastic;
        return 4L * (1 + (narrow ? 2 : 0) + (moments ? 2 : 0) + (rounds ? 8 : 0));
    }
}
