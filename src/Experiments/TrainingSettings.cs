using System.Text.Json.Nodes;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Parameters;

namespace NaturalThoughts.Experiments;

/// <summary>A recipe of AdamW training.</summary>
public sealed record TrainingSettings
{
    /// <summary>Peak learning rate; above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Decoupled weight decay; 0 or more.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>One of <see cref="Student.Training.TrainingOptions.Schedules"/>.</summary>
    public required string Schedule { get; init; }

    /// <summary>Steps of linear warm-up; 0 for none.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Gradients of a larger norm are scaled down to it; 0 for no clipping.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Decay of the second moment; null for the trainer's default.</summary>
    public double? Beta2 { get; init; }

    /// <summary>Parts of a batch computed side by side; at least 1.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Tokens of a batch, padding included.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Tokens that are computed at once; null for a whole batch.</summary>
    public int? MicroBatchTokens { get; init; }

    /// <summary>One of <see cref="Student.Parameters.Precision.OfWeights"/>; null for float32.</summary>
    public string? Precision { get; init; }

    /// <summary>One of <see cref="Student.Parameters.Precision.OfMoments"/>; null for float32.</summary>
    public string? Moments { get; init; }

    /// <summary>True when only the inputs of layers are kept for the backward pass.</summary>
    public bool ActivationCheckpointing { get; init; }

    /// <summary>Memory, in 10^9 bytes, for layers that are kept whole in spite of activation checkpointing; null for none.</summary>
    public double? ActivationMemoryGb { get; init; }

    /// <summary>Longer examples are dropped, and counted.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Epochs: how often training sees each example; of fine-tuning, those of a size take its place.</summary>
    public required int Epochs { get; init; }

    /// <summary>Adapters that are trained in place of the weights; null for none.</summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>The share of the examples' questions that is measured in place of trained on; 0 for none.</summary>
    public double HeldOut { get; init; }

    /// <summary>Steps between two measurements of the held-out loss; null for one at the end of each epoch.</summary>
    public int? EvaluateEvery { get; init; }

    /// <summary>Which weights the student has in the end, one of <see cref="Student.Training.TrainingOptions.Kept"/>.</summary>
    public string Keep { get; init; } = Student.Training.TrainingOptions.LastStep;

    /// <summary>The recipe as a stage reads it.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["learningRate"] = LearningRate,
            ["weightDecay"] = WeightDecay,
            ["schedule"] = Schedule,
            ["warmupSteps"] = WarmupSteps,
            ["clipNorm"] = ClipNorm,
            ["batchTokens"] = BatchTokens,
            ["maxTokens"] = MaxTokens,
            ["epochs"] = Epochs,
        };
        if (Beta2 is { } beta2)
        {
            json["beta2"] = beta2;
        }

        if (Shards > 1)
        {
            json["shards"] = Shards;
        }

        if (MicroBatchTokens is { } microBatchTokens)
        {
            json["microBatchTokens"] = microBatchTokens;
        }

        if (Precision is not null)
        {
            json["precision"] = Precision;
        }

        if (Moments is not null)
        {
            json["moments"] = Moments;
        }

        if (ActivationCheckpointing)
        {
            json["activationCheckpointing"] = true;
        }

        if (ActivationMemoryGb is { } activationMemoryGb)
        {
            json["activationMemoryGb"] = activationMemoryGb;
        }

        if (HeldOut > 0)
        {
            json["heldOut"] = HeldOut;
        }

        if (EvaluateEvery is { } evaluateEvery)
        {
            json["evaluateEvery"] = evaluateEvery;
        }

        if (Keep != Student.Training.TrainingOptions.LastStep)
        {
            json["keep"] = Keep;
        }

        if (Lora is { } lora)
        {
            json["lora"] = new JsonObject
            {
                ["rank"] = lora.Rank,
                ["alpha"] = lora.Alpha,
                ["targets"] = new JsonArray([.. lora.Targets.Select(target => (JsonNode)target)]),
            };
        }

        return json;
    }
}
