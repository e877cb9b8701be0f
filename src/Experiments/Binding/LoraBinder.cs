using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Student.Lora;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>sft: lora</c>.</summary>
internal static class LoraBinder
{
    public static LoraOptions? Bind(MapReader reader)
    {
        int? rank = reader.Integer("rank", 1, 65_536);
        double? alpha = reader.Number("alpha", 0, 1e6, open: true);
        IReadOnlyList<YamlScalar> targets = reader.Texts("targets");
        foreach (YamlScalar target in targets.Where(target => !LoraOptions.Modules.Contains(target.Value, StringComparer.Ordinal)))
        {
            reader.Errors.Add(target.At, $"There is no module '{target.Value}' to adapt.", $"Known: {string.Join(", ", LoraOptions.Modules)}.");
        }

        if (targets.Count == 0)
        {
            reader.Errors.Add(reader.AtOf("targets"), "'targets' lists no module to adapt.", $"Known: {string.Join(", ", LoraOptions.Modules)}.");
        }

        // In the order of a layer, so that the order in the file does not count.
        return rank is null || alpha is null ? null : new LoraOptions { Rank = rank.Value, Alpha = alpha.Value, Targets = [.. LoraOptions.Modules.Where(module => targets.Any(target => target.Value == module))] };
    }
}
