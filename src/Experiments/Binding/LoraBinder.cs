using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Student.Lora;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>sft: lora</c>.</summary>
internal static class LoraBinder
{
    /// <summary>The parameters of adapters; they are whole where no error was added.</summary>
    public static JsonObject Bind(MapReader reader)
    {
        JsonObject parameters = reader.Parameters();
        IReadOnlyList<YamlScalar> targets = reader.Texts("targets");
        foreach (YamlScalar target in targets.Where(target => !LoraOptions.Modules.Contains(target.Value, StringComparer.Ordinal)))
        {
            reader.Errors.Add(target.At, $"There is no module '{target.Value}' to adapt.", $"Known: {string.Join(", ", LoraOptions.Modules)}.");
        }

        // In the order of a layer, so that the order in the file does not count.
        parameters["targets"] = new JsonArray(
            [.. LoraOptions.Modules.Where(module => targets.Any(target => target.Value == module)).Select(module => (JsonNode)module)]);
        return parameters;
    }
}
