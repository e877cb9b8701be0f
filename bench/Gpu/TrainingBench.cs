using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Bench;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Gpu.Bench;

/// <summary>Steps of training of a random model on random rows, all tokens but the first supervised.</summary>
internal static class TrainingBench
{
    /// <summary>Trains; the first step is not counted, the median of the others is.</summary>
    /// <param name="model">Is trained.</param>
    /// <param name="lora">Whether an adapter of rank 32 on all linear layers is trained in place of the weights.</param>
    /// <param name="length">Tokens of a row.</param>
    /// <param name="micro">Tokens of a micro-batch.</param>
    /// <param name="parts">Micro-batches of a step.</param>
    /// <param name="steps">That count.</param>
    /// <param name="kept"><c>activationMemoryGb</c>; null for no activation checkpointing.</param>
    public static JsonObject Run(LlamaModel model, bool lora, int length, int micro, int parts, int steps, double? kept)
    {
        ModelConfig config = model.Config;
        LoraOptions? adapter = lora ? new LoraOptions { Rank = 32, Alpha = 64, Targets = LoraOptions.Modules } : null;
        if (adapter is not null)
        {
            LoraAdapter pairs = new(config, adapter, model.Weights.Placement.Device);
            pairs.Fill("gpu");
            model.Adapt(pairs);
        }

        SeededRandom random = SeededRandom.From("gpu");
        EncodedRow[] rows = [.. Enumerable.Range(0, parts * micro / length).Select(i =>
            new EncodedRow($"row{i:000}", new EncodedExample([.. Enumerable.Range(0, length).Select(_ => random.Next(config.VocabSize))], 1)))];
        TrainingOptions options = new()
        {
            LearningRate = 2e-5,
            Epochs = steps + 1,
            BatchTokens = parts * micro,
            MicroBatchTokens = micro,
            MaxTokens = length,
            Precision = lora ? Precision.Bf16Master : Precision.Bf16Stochastic,
            Moments = lora ? null : Precision.Bf16,
            ActivationCheckpointing = kept is not null,
            ActivationMemoryGb = kept ?? 0,
            Lora = adapter,
        };
        Laps laps = new();
        Trainer trainer = new(model, options, 0);
        long tokens = trainer.Run(rows, "gpu", laps, CancellationToken.None) / (steps + 1);

        // Of a token: 2 operations forward and 4 backward for each weight of a matrix (2 where weights are frozen), and attention to half the row.
        long matrices = LlamaWeights.CountOf(config) - ((long)config.VocabSize * config.HiddenSize);
        double operations = ((lora ? 4.0 : 6.0) * matrices) + (6.0 * config.NumHiddenLayers * config.NumAttentionHeads * config.HeadDim * length);
        double seconds = laps.Median(1);
        return new JsonObject
        {
            ["program"] = "NaturalThoughts",
            ["mode"] = lora ? "lora" : "full",
            ["row"] = length,
            ["micro"] = micro,
            ["tokensOfAStep"] = tokens,
            ["kept"] = kept is null ? "all" : FormattableString.Invariant($"{kept}"),
            ["seconds"] = Math.Round(seconds, 4),
            ["tokensPerSecond"] = Math.Round(tokens / seconds),
            ["teraflops"] = Math.Round(tokens * operations / seconds / 1e12, 1),
            ["memoryGb"] = Math.Round((CudaDevices.MemoryInUse() ?? 0) / 1e9, 2),
            ["predictedGb"] = Math.Round(MemoryEstimate.Of(config, options).Peak / 1e9, 2),
            ["losses"] = string.Join(' ', trainer.Log.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[2])),
        };
    }
}
