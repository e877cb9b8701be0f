using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student.Lora;

/// <summary>Reads and writes PEFT's adapter_config.json; what would change the result and is not supported is refused by name.</summary>
internal static class LoraConfig
{
    /// <summary>The name of PEFT's file.</summary>
    public const string FileName = "adapter_config.json";

    // What these say changes nothing: where the adapter comes from, and settings of features that are switched on elsewhere.
    private static readonly string[] Harmless =
        ["base_model_name_or_path", "revision", "auto_mapping", "inference_mode", "peft_version", "megatron_core", "qalora_group_size"];

    /// <exception cref="UserErrorException">The file is missing or malformed, or asks for what is not supported; all such fields at once.</exception>
    public static LoraOptions Read(string folder)
    {
        JsonObject json = JsonFiles.ReadObject(folder, FileName);
        JsonFields fields = new(json, Path.Combine(folder, FileName));
        Require(fields, "peft_type", "\"LORA\"");
        Require(fields, "task_type", "\"CAUSAL_LM\"", "null");
        Require(fields, "bias", "\"none\"", "null");
        Require(fields, "lora_dropout", "0.0", "0", "null");
        Require(fields, "init_lora_weights", "true", "false", "\"gaussian\"", "null");
        LoraOptions options = new()
        {
            Rank = fields.Integer("r", null, 1),
            Alpha = fields.Positive("lora_alpha", 8),
            Targets = Targets(json, fields),
        };
        string[] read = ["peft_type", "task_type", "bias", "lora_dropout", "init_lora_weights", "r", "lora_alpha", "target_modules", .. Harmless];
        foreach ((string key, JsonNode? value) in json)
        {
            if (!read.Contains(key) && !IsOff(value))
            {
                fields.Error(
                    key, $"The field '{key}' ({fields.Text(key)}) is not supported, and might change the result.",
                    "Merge the adapter with PEFT, or remove the field if it changes nothing.");
            }
        }

        fields.ThrowIfAny();
        return options;
    }

    /// <summary>Writes the file into a folder, in PEFT's form.</summary>
    public static void Write(LoraOptions options, string folder) => File.WriteAllText(Path.Combine(folder, FileName), CanonicalJson.WriteIndented(new JsonObject
    {
        ["peft_type"] = "LORA",
        ["task_type"] = "CAUSAL_LM",
        ["base_model_name_or_path"] = null,
        ["inference_mode"] = true,
        ["r"] = options.Rank,
        ["lora_alpha"] = options.Alpha,
        ["lora_dropout"] = 0.0,
        ["target_modules"] = new JsonArray([.. options.Targets.Select(target => (JsonNode)target)]),
        ["bias"] = "none",
        ["fan_in_fan_out"] = false,
        ["init_lora_weights"] = true,
        ["use_rslora"] = false,
        ["use_dora"] = false,
        ["modules_to_save"] = null,
    }));

    private static string[] Targets(JsonObject json, JsonFields fields)
    {
        string[] targets =
            [.. (json["target_modules"] as JsonArray ?? []).Select(node => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : "")];
        if (targets.Length == 0 || targets.Distinct(StringComparer.Ordinal).Count() < targets.Length
            || targets.Except(LoraOptions.Modules, StringComparer.Ordinal).Any())
        {
            fields.Error(
                "target_modules",
                $"target_modules {fields.Text("target_modules")} is not supported; a list of some of {string.Join(", ", LoraOptions.Modules)} is.");
            return [];
        }

        return [.. LoraOptions.Modules.Where(targets.Contains)];
    }

    private static void Require(JsonFields fields, string key, params string[] known)
    {
        if (!known.Contains(fields.Text(key), StringComparer.Ordinal))
        {
            fields.Error(key, $"{key} {fields.Text(key)} is not supported; {string.Join(", ", known.Where(text => text != "null"))} is.");
        }
    }

    // PEFT writes every field; null, false and emptiness mean that a feature is not in use.
    private static bool IsOff(JsonNode? value) => value switch
    {
        null => true,
        JsonObject map => map.Count == 0,
        JsonArray list => list.Count == 0,
        _ => value.GetValueKind() == JsonValueKind.False,
    };
}
