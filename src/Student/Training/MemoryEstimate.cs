using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Torch;
using TorchSharp;

namespace NaturalThoughts.Student.Training;

/// <summary>
/// What a training will hold in memory at most, in bytes, by part: counted from the tensors that this library makes. The buffers are exact;
/// activations, logits and products are what the written backward pass of torch's operations keeps (<see cref="TorchLayerTape"/>); the processor's
/// kernels keep less. The step of the optimiser is that of torch's operations: the kernels of a GPU and of the processor take
/// nothing on the way. Left out is what the device itself takes (a CUDA context, fragmentation: about 1 GB), and the copy of the best weights
/// (<see cref="TrainingOptions.Keep"/>), which lies in the processor's memory.
/// </summary>
public sealed record MemoryEstimate
{
    /// <summary>All parameters, and in float32 those of a LoRA adapter.</summary>
    public required long Weights { get; init; }

    /// <summary>
    /// Of what is trained, in its type: the adapter where there is one, otherwise all weights; once for each shard, which are two at least for weights in
    /// float32.
    /// </summary>
    public required long Gradients { get; init; }

    /// <summary>Float32 weights of the optimiser.</summary>
    public required long Master { get; init; }

    /// <summary>First and second moments of AdamW.</summary>
    public required long Moments { get; init; }

    /// <summary>Cosines and sines of all positions.</summary>
    public required long Rotary { get; init; }

    /// <summary>
    /// What the backward pass keeps of the layers: all that it needs, or with activation checkpointing their inputs, and the rest of some layers.
    /// </summary>
    public required long Activations { get; init; }

    /// <summary>Logits that are alive at once, with their softmax and gradients, and what is alive of the output matrix's gradient.</summary>
    public required long Logits { get; init; }

    /// <summary>Gradients on the way through a layer.</summary>
    public required long Backward { get; init; }

    /// <summary>What is computed again of a layer; then nothing is kept of others but their inputs.</summary>
    public required long Recomputed { get; init; }

    /// <summary>What one piece of an optimiser's step takes.</summary>
    public required long Step { get; init; }

    /// <summary>The most that is alive at once: logits, the layers' backward pass and the step of the optimiser follow each other.</summary>
    public long Peak => Buffers + Math.Max(Activations + Math.Max(Logits, Backward), Math.Max(Inputs + Recomputed + Backward, Step));

    private long Inputs { get; init; }

    private long Buffers => Weights + Gradients + Master + Moments + Rotary;

    /// <summary>Predicts the memory of a training, part by part.</summary>
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
        long kept = KeptLayers(config, options, tokens);
        return new MemoryEstimate
        {
            Weights = (all * size) + (adapter * 4),
            Gradients = trained * (adapter > 0 ? 4 : size) * Math.Max(options.Shards, size == 4 ? 2 : 1),
            Master = options.Precision == Precision.Bf16Master && adapter == 0 ? trained * 4 : 0,
            Moments = 2 * trained * Bytes(Precision.Moments(options.Moments)),
            Rotary = 2L * config.MaxPositionEmbeddings * config.HeadDim * size,
            Inputs = inputs,
            Activations = inputs + (kept * layer),
            Recomputed = kept < config.NumHiddenLayers ? layer : 0,
            Logits = LogitBytes(config, size, tokens),
            Backward = BackwardBytes(config, size, tokens),
            Step = Math.Min(trained, TorchUpdate.Piece) * StepBytes(options),
        };
    }

    /// <summary>
    /// Layers of which all is kept that the backward pass needs: all of them without activation checkpointing, else as many as the settings have memory for.
    /// </summary>
    /// <param name="config">The shape of the model.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="tokens">Of the micro-batch, padding included.</param>
    public static int KeptLayers(ModelConfig config, TrainingOptions options, long tokens)
    {
        long size = Bytes(Precision.Weights(options.Precision));
        double layer = tokens * (double)LayerBytes(config, size);
        return options.ActivationCheckpointing ? (int)Math.Min(config.NumHiddenLayers, options.ActivationMemoryGb * 1e9 / layer) : config.NumHiddenLayers;
    }

    /// <summary>Bytes of a key-value cache.</summary>
    /// <param name="config">The shape of the model.</param>
    /// <param name="rows">Answers at once.</param>
    /// <param name="positions">Tokens of prompt and answer.</param>
    /// <param name="precision">As <see cref="Generation.GenerationOptions.Precision"/>.</param>
    public static long Cache(ModelConfig config, long rows, long positions, string? precision) =>
        2L * config.NumHiddenLayers * rows * positions * config.NumKeyValueHeads * config.HeadDim * (precision == Precision.Bf16 ? 2 : 4);

    private static long Bytes(torch.ScalarType type) => type == torch.ScalarType.BFloat16 ? 2 : 4;

    // What is kept of a layer for each token, its input left out.
    private static long LayerBytes(ModelConfig config, long size) =>
        TorchLayerTape.BytesOf(
            new AttentionShape(config.NumAttentionHeads, config.NumKeyValueHeads, config.HeadDim), config.HiddenSize, config.IntermediateSize, size);

    private static long LogitBytes(ModelConfig config, long size, long tokens)
    {
        long rows = Math.Min(tokens, Math.Max(1, LossPass.MostLogits / config.VocabSize));

        // In half precision, the logits of a group of chunks, and of one chunk a float32 copy and its softmax (which the kernel of a GPU does without); in
        // float32 the logits and their softmax.
        long logits = size == 2 ? (Math.Min(tokens, ChunkedCrossEntropy.Group * rows) * size) + (rows * 8) : rows * 12;

        // Final norm, supervised states, and the gradient of both.
        long states = tokens * config.HiddenSize * 6 * size;
        return (logits * config.VocabSize) + states;
    }

    // The widest moment is in the feed-forward part: gradients of the product, of gate and up (each filled up to both).
    private static long BackwardBytes(ModelConfig config, long size, long tokens) => tokens * size * ((6L * config.IntermediateSize) + (2 * config.HiddenSize));

    // Float32 copies of what is not float32 (gradient, weights, two moments), the root, and eight operands of stochastic rounding.
    private static long StepBytes(TrainingOptions options)
    {
        bool narrow = Precision.Weights(options.Precision) != torch.ScalarType.Float32;
        bool moments = Precision.Moments(options.Moments) != torch.ScalarType.Float32;
        bool rounds = moments || options.Precision == Precision.Bf16Stochastic;
        return 4L * (1 + (narrow ? 2 : 0) + (moments ? 2 : 0) + (rounds ? 8 : 0));
    }
}
