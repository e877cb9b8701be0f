using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>sft</c> and the recipe of <c>pretraining</c>.</summary>
internal static class TrainingBinder
{
    public static TrainingSettings? Pretraining(MapReader reader) =>
        (reader.Integer("epochs"), Bind(reader, null)) is ({ } epochs, { } recipe) ? recipe.For(epochs) : null;

    public static TrainingSettings? Sft(MapReader profile, IReadOnlyList<int> sizes, out IReadOnlyDictionary<int, int> epochs)
    {
        SortedDictionary<int, int> bySize = [];
        epochs = bySize;
        if (profile.Map("sft") is not { } reader)
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
                bySize[size] = (int?)NodeReader.Integer(value, key.Value, reader.Shape["epochs"].Value!.Bounds, reader.Errors) ?? 1;
            }
        }

        foreach (int size in sizes.Where(size => bySize.Count > 0 && !bySize.ContainsKey(size)))
        {
            reader.Errors.Add(
                reader.AtOf("epochs"), $"The size {size} has no entry in 'epochs'.",
                $"Write 'sft: {{epochs: {{{size}: 4}}}}' in the profile that names the size, or remove it from 'sizes'.");
        }

        return Bind(reader, reader.Map("lora") is { } lora ? LoraBinder.Bind(lora) : null);
    }

    /// <summary>Nothing may be longer than the student's positions.</summary>
    public static void CheckLengths(
        MapReader profile, JsonObject? student, TrainingSettings? pretraining, TrainingSettings? sft, GenerationSettings? generation)
    {
        if (student?["max_position_embeddings"]?.GetValue<int>() is not { } positions)
        {
            return;
        }

        Check("pretraining", "maxTokens", pretraining?.Options.MaxTokens);
        Check("sft", "maxTokens", sft?.Options.MaxTokens);
        Check("generation", "maxNewTokens", generation?.MaxNewTokens);

        void Check(string part, string key, int? length)
        {
            if (length > positions && profile.Find(part) is YamlMap map)
            {
                profile.Errors.Add(
                    map.Find(key)!.At, $"'{key}' is {length}, but the student has {positions} positions.", "Lower it, or raise 'max_position_embeddings'.");
            }
        }
    }

    private static TrainingSettings? Bind(MapReader reader, JsonObject? lora)
    {
        int before = reader.Errors.Count;
        JsonObject parameters = reader.Parameters(StudentShapes.Training);
        FieldMap.Add(parameters, nameof(TrainingOptions.Lora), lora);
        if (parameters["activationMemoryGb"] is not null && parameters["activationCheckpointing"] is null)
        {
            reader.Errors.Add(
                reader.AtOf("activationMemoryGb"), "'activationMemoryGb' is for 'activationCheckpointing: true'; without that, all activations are kept.",
                "Set that, or leave this out.");
        }

        foreach ((string key, string value) in new[] { ("evaluateEvery", "evaluateEvery"), ("keep", $"keep: {TrainingOptions.Best}") })
        {
            if (parameters[key] is not null && parameters["heldOut"] is null)
            {
                reader.Errors.Add(
                    reader.AtOf(key), $"'{value}' needs the loss on held-out examples, but none are held out.", "Add 'heldOut: 0.05', or leave this out.");
            }
        }

        if ((int?)parameters["maxTokens"] is { } longest && (int?)parameters["batchTokens"] is { } batch && longest > batch)
        {
            reader.Errors.Add(
                reader.AtOf("maxTokens"), $"An example of {longest} tokens does not fit into a batch of {batch}.", "Lower 'maxTokens' or raise 'batchTokens'.");
        }

        return reader.Errors.Count > before ? null : new TrainingSettings(parameters);
    }
}
