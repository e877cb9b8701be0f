using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Build.Display;

/// <summary>What fine-tuning and generation will take of a device's memory, for students from a folder: the shape of others is small.</summary>
internal static class MemoryLines
{
    private static readonly (string Precision, string Moments)[] Settings =
    [
        (Precision.Float32, Precision.Float32), (Precision.Bf16Master, Precision.Float32), (Precision.Bf16Stochastic, Precision.Float32),
        (Precision.Bf16Stochastic, Precision.Bf16),
    ];

    /// <summary>The lines; none where no student comes from a folder.</summary>
    /// <param name="graph">The plan's targets.</param>
    /// <param name="addresses">Those to look at.</param>
    /// <param name="presumed">The shape of a student whose folder is not there; null where nobody says it.</param>
    public static IEnumerable<string> Of(TargetGraph graph, IEnumerable<string> addresses, ModelConfig? presumed)
    {
        Target[] targets = [.. addresses.Select(address => graph[address]).Where(target => target.StageName is FineTuneStage.Name or GenerateStage.Name)];
        HashSet<string> said = [];
        foreach (Target target in targets)
        {
            if (FolderOf(graph, target) is not { } folder)
            {
                continue;
            }

            if ((File.Exists(Path.Combine(folder, CheckpointFolder.Config)) ? ModelConfig.Read(folder) : presumed) is not { } config)
            {
                continue;
            }

            IEnumerable<string> lines = target.StageName == FineTuneStage.Name
                ? Training(config, target.Parameters["training"]!.AsObject())
                : Generation(config, target.Parameters);
            if (said.Add(string.Join('\n', lines)))
            {
                foreach (string line in lines)
                {
                    yield return line;
                }
            }
        }
    }

    // Through the targets that a checkpoint goes through, up to one that takes it from outside.
    private static string? FolderOf(TargetGraph graph, Target target)
    {
        while (target.Inputs.TryGetValue(GenerateStage.CheckpointRole, out TargetInput? input))
        {
            target = graph[input.TargetAddress];
        }

        return target.Sources.GetValueOrDefault(ImportCheckpointStage.Source);
    }

    private static IReadOnlyList<string> Training(ModelConfig config, JsonObject parameters)
    {
        TrainingOptions options = StageParameters.Read<TrainingOptions>(parameters);
        MemoryEstimate estimate = MemoryEstimate.Of(config, options);
        string budget = options.ActivationMemoryGb > 0
            ? string.Create(CultureInfo.InvariantCulture, $" and activationMemoryGb {options.ActivationMemoryGb}")
            : "";
        string parts = string.Join(", ", new (string Name, long Bytes)[]
        {
            ("weights", estimate.Weights), ("gradients", estimate.Gradients), ("master weights", estimate.Master), ("moments", estimate.Moments),
            ("rotary table", estimate.Rotary),
            ("activations", estimate.Activations), ("logits", estimate.Logits), ("backward pass", estimate.Backward),
            ("a layer computed again", estimate.Recomputed), ("optimiser step", estimate.Step),
        }.Where(part => part.Bytes > 0).Select(part => $"{part.Name} {Format.Bytes(part.Bytes)}"));
        return
        [
            $"Predicted memory of a fine-tuning{(options.Lora is null ? "" : " (LoRA)")}: {Format.Bytes(estimate.Peak)} at most, "
            + $"without the device's own; {parts}.",
            .. Settings.Select(setting =>
            {
                string Peak(bool recompute) => Format.Bytes(MemoryEstimate.Of(
                    config, options with { Precision = setting.Precision, Moments = setting.Moments, ActivationCheckpointing = recompute }).Peak);
                return $"  precision {setting.Precision}, moments {setting.Moments}: {Peak(true)} with activationCheckpointing{budget}, {Peak(false)} without";
            }),
        ];
    }

    private static IReadOnlyList<string> Generation(ModelConfig config, JsonObject parameters)
    {
        (int rows, int tokens) = ((int)parameters["batch"]!, (int)parameters["maxNewTokens"]!);
        string cache = Format.Bytes(MemoryEstimate.Cache(config, rows, tokens, (string?)parameters["precision"]));
        return
        [
            $"Predicted key-value cache of generation: {cache} for {Format.Many(rows, "answer")} "
            + $"at once of {Format.Count(tokens)} tokens, prompts not counted.",
        ];
    }
}
