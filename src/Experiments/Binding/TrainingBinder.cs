using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Parameters;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>sft</c> and the recipe of <c>pretraining</c>.</summary>
internal static class TrainingBinder
{
    // Of the examples: whoever holds out more would hardly train.
    private const double MostHeldOut = 0.9;

    public static TrainingSettings? Pretraining(MapReader reader)
    {
        int? epochs = reader.Integer("epochs", 1, 100_000);
        return Common(reader) is { } settings && epochs is { } passes ? settings with { Epochs = passes } : null;
    }

    public static TrainingSettings? Sft(MapReader profile, IReadOnlyList<int> sizes, out IReadOnlyDictionary<int, int> epochs)
    {
        SortedDictionary<int, int> bySize = [];
        epochs = bySize;
        if (profile.Map("sft", Shapes.Sft) is not { } reader)
        {
            return null;
        }

        foreach ((YamlScalar key, YamlNode value) in reader.Entries("epochs"))
        {
            if (!ScalarText.IsInteger(key.Value) || !int.TryParse(key.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int size))
            {
                reader.Errors.Add(key.At, $"The key '{key.Value}' of 'epochs' must be a selection size.", "Write 'size: epochs', such as '250: 8'.");
            }
            else
            {
                bySize[size] = (int?)NodeReader.Integer(value, key.Value, 1, 100_000, reader.Errors) ?? 1;
            }
        }

        foreach (int size in sizes.Where(size => bySize.Count > 0 && !bySize.ContainsKey(size)))
        {
            reader.Errors.Add(reader.AtOf("epochs"), $"The size {size} has no entry in 'epochs'.", $"Write 'sft: {{epochs: {{{size}: 4}}}}' in the profile that names the size, or remove it from 'sizes'.");
        }

        LoraOptions? lora = reader.Map("lora", Shapes.Lora, required: false) is { } map ? LoraBinder.Bind(map) : null;
        return Common(reader) is { } settings ? settings with { Lora = lora } : null;
    }

    /// <summary>Nothing may be longer than the student's positions.</summary>
    public static void CheckLengths(MapReader profile, JsonObject? student, TrainingSettings? pretraining, TrainingSettings? sft, GenerationSettings? generation)
    {
        if (student?["max_position_embeddings"]?.GetValue<int>() is not { } positions)
        {
            return;
        }

        Check("pretraining", "maxTokens", pretraining?.MaxTokens);
        Check("sft", "maxTokens", sft?.MaxTokens);
        Check("generation", "maxNewTokens", generation?.MaxNewTokens);

        void Check(string part, string key, int? length)
        {
            if (length > positions && profile.Find(part) is YamlMap map)
            {
                profile.Errors.Add(map.Find(key)!.At, $"'{key}' is {length}, but the student has {positions} positions.", "Lower it, or raise 'max_position_embeddings'.");
            }
        }
    }

    private static TrainingSettings? Common(MapReader reader)
    {
        double? learningRate = reader.Number("learningRate", 0, 10, open: true);
        double? weightDecay = reader.Number("weightDecay", 0, 10);
        string? schedule = reader.OneOf("schedule", TrainingOptions.Schedules);
        int? warmupSteps = reader.Integer("warmupSteps", 0, required: false);
        double? clipNorm = reader.Number("clipNorm", 0, 1e6, required: false);
        double? beta2 = reader.Number("beta2", 0, 0.999999, required: false);
        int? shards = reader.Integer("shards", 1, 64, required: false);
        int? batchTokens = reader.Integer("batchTokens", 1);
        int? microBatchTokens = reader.Integer("microBatchTokens", 1, required: false);
        int? maxTokens = reader.Integer("maxTokens", 2);
        string? precision = reader.OneOf("precision", Precision.OfWeights, required: false);
        string? moments = reader.OneOf("moments", Precision.OfMoments, required: false);
        bool? activationCheckpointing = reader.Flag("activationCheckpointing");
        double? activationMemoryGb = reader.Number("activationMemoryGb", 0, 1e6, required: false);
        if (activationMemoryGb is not null && activationCheckpointing is not true)
        {
            reader.Errors.Add(reader.AtOf("activationMemoryGb"), "'activationMemoryGb' is for 'activationCheckpointing: true'; without that, all activations are kept.", "Set that, or leave this out.");
        }

        double? heldOut = reader.Number("heldOut", 0, MostHeldOut, required: false);
        int? evaluateEvery = reader.Integer("evaluateEvery", 1, required: false);
        string? keep = reader.OneOf("keep", TrainingOptions.Kept, required: false);
        foreach ((string key, string value) in new[] { ("evaluateEvery", evaluateEvery is null ? "" : "evaluateEvery"), ("keep", keep == TrainingOptions.Best ? "keep: best" : "") })
        {
            if (value.Length > 0 && heldOut is null or 0)
            {
                reader.Errors.Add(reader.AtOf(key), $"'{value}' goes by the loss on held-out examples, and none are held out.", "Add 'heldOut: 0.05', or leave this out.");
            }
        }

        if (maxTokens > batchTokens)
        {
            reader.Errors.Add(reader.AtOf("maxTokens"), $"An example of {maxTokens} tokens does not fit into a batch of {batchTokens}.", "Lower 'maxTokens' or raise 'batchTokens'.");
        }

        return learningRate is null || weightDecay is null || schedule is null || batchTokens is null || maxTokens is null
            ? null
            : new TrainingSettings
            {
                LearningRate = learningRate.Value,
                WeightDecay = weightDecay.Value,
                Schedule = schedule,
                WarmupSteps = warmupSteps ?? 0,
                ClipNorm = clipNorm ?? 0,
                Beta2 = beta2,
                Shards = shards ?? 1,
                Epochs = 1,
                BatchTokens = batchTokens.Value,
                MicroBatchTokens = microBatchTokens,
                MaxTokens = maxTokens.Value,
                Precision = precision,
                Moments = moments,
                ActivationCheckpointing = activationCheckpointing ?? false,
                ActivationMemoryGb = activationMemoryGb,
                HeldOut = heldOut ?? 0,
                EvaluateEvery = evaluateEvery,
                Keep = keep ?? TrainingOptions.LastStep,
            };
    }
}
