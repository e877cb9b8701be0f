using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Build.Display;

/// <summary>Why targets that are only looked at could not run: files that are missing, memory that one device does not have.</summary>
internal static class ObstacleLines
{
    // Files below a folder that is there: one that is missing as a whole was told.
    private static IEnumerable<string> Outside(Target target) => target.Sources.Values.SelectMany(folder =>
        ((target.Parameters["source"]?["files"] ?? target.Parameters["files"]) as JsonObject ?? []).Select(file => Path.Combine(folder, file.Key)));

    /// <summary>The lines; none where nothing is in the way.</summary>
    /// <param name="missing">What the loader did not find.</param>
    /// <param name="costs">What the profile predicts with; null for nothing.</param>
    /// <param name="model">The student's shape; null where it is not known.</param>
    /// <param name="targets">Those that are no hit.</param>
    /// <param name="device">The device of the command line.</param>
    public static IEnumerable<string> Of(IEnumerable<UserError> missing, CostSettings? costs, ModelConfig? model, IReadOnlyList<Target> targets, string device)
    {
        // A device with a memory of its own is none of the processor's.
        if (costs?.Device.MemoryGb is not null && device == "cpu" && targets.Any(target => target.Resources.UsesTensors))
        {
            yield return "As it stands the command computes on the processor, for which nothing is predicted: "
                + $"say --device=cuda --libtorch=python where the {costs.Device.Name} is.";
        }

        UserError[] named = [.. missing];
        foreach (UserError lack in named)
        {
            yield return $"Cannot run here: {lack.Message} {lack.Hint}".TrimEnd();
        }

        // A file whose digest is declared may be missing from a plan, but not when its target runs.
        foreach (string path in targets.SelectMany(Outside).Distinct()
            .Where(path =>
                !File.Exists(path)
                    && !named.Any(lack =>
                        lack.Message.Contains(path, StringComparison.Ordinal)
                            || lack.Message.Contains($"'{Path.GetDirectoryName(path)}'", StringComparison.Ordinal))))
        {
            yield return $"Cannot run here: There is no file '{path}'.";
        }

        if (costs?.Device.MemoryGb is { } gigabytes && model is not null
            && targets.FirstOrDefault(target => target.StageName == FineTuneStage.Name) is { } training)
        {
            long peak = MemoryEstimate.Of(model, StageParameters.Read<TrainingOptions>(training.Parameters["training"]!.AsObject())).Peak;
            if (peak > gigabytes * 1e9)
            {
                yield return $"Cannot run on one {costs.Device.Name}: a fine-tuning takes {Format.Bytes(peak)}, the device has "
                    + $"{Format.Bytes((long)(gigabytes * 1e9))}, and no stage here trains on several.";
            }
        }

        if (costs?.Device.MemoryGb is { } memory && model is not null
            && targets.FirstOrDefault(target => target.StageName == GenerateStage.Name) is { } generation)
        {
            string? precision = (string?)generation.Parameters["precision"];
            long weights = Student.ModelWeights.LlamaWeights.CountOf(model) * (precision == Precision.Bf16 ? 2 : 4);
            if (weights > memory * 1e9)
            {
                yield return $"Cannot run on one {costs.Device.Name}: the weights that generate answers take {Format.Bytes(weights)}, the device has "
                    + $"{Format.Bytes((long)(memory * 1e9))}.";
            }
        }
    }
}
