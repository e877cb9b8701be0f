using System.Text.Json.Nodes;

namespace NaturalThoughts.Experiments;

/// <summary>A recipe of AdamW training.</summary>
public sealed record TrainingSettings
{
    /// <summary>Peak learning rate; above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Decoupled weight decay; 0 or more.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>One of <see cref="Schedules"/>.</summary>
    public required string Schedule { get; init; }

    /// <summary>Steps of linear warm-up; 0 for none.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>The norm that gradients are clipped to; above 0, default 1.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Tokens of a batch, padding included.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Longer examples are dropped, and counted.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Passes over the data; null where <see cref="Steps"/> is given, or where it follows from the size.</summary>
    public int? Epochs { get; init; }

    /// <summary>Optimiser steps; null where <see cref="Epochs"/> is given.</summary>
    public int? Steps { get; init; }

    /// <summary>The learning rate after warm-up: constant, or falling to zero along a half cosine or a line.</summary>
    public static IReadOnlyList<string> Schedules { get; } = ["constant", "cosine", "linear"];

    /// <summary>The recipe as a stage reads it; members without a value are left out.</summary>
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
        };
        if (Epochs is { } epochs)
        {
            json["epochs"] = epochs;
        }

        if (Steps is { } steps)
        {
            json["steps"] = steps;
        }

        return json;
    }
}
